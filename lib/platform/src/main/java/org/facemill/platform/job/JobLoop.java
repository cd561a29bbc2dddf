package org.facemill.platform.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.facemill.contracts.event.Event;
import org.facemill.platform.health.JvmShutdown;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Extensions;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.platform.messaging.Work;
import org.facemill.platform.store.ObjectStore;
import org.jboss.logging.Logger;

/**
 * Works on the stored jobs of a kind, one after the other, for as long as the service runs. As the work of a channel it stores
 * what a request asks for as a job; what came of a job that is done is announced again, the job not done again.
 */
public final class JobLoop<E extends Event, R extends Event> implements Work.WithExtensions<E> {

    private static final Logger LOG = Logger.getLogger(JobLoop.class);
    /** Owners in a row that a job may kill without making progress. */
    private static final int MOST_STARTS = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final JobKind<E, R> kind;
    private final JobWork<E, R> work;
    private final Jobs service;
    private final ObjectStore store;
    private final JobLeases leases;
    private final Semaphore wake = new Semaphore(0);
    private final Thread worker;
    private volatile boolean stopping;

    JobLoop(JobKind<E, R> kind, JobWork<E, R> work, Jobs service) {
        this.kind = kind;
        this.work = work;
        this.service = service;
        this.store = service.store();
        this.leases = new JobLeases(store, service.lease());
        this.worker = new Thread(this::run, "jobs-" + kind.name());
    }

    @Override
    public List<Announcement> apply(E request, Extensions extensions, Heartbeat heartbeat) {
        Job job = kind.job(request);
        Optional<R> result = job.result(store, kind.result());
        if (result.isPresent()) {
            return List.of(new Announcement(kind.resultTopic(), result.get()));
        }
        job.store(store, request, extensions);
        wake.release();
        return List.of();
    }

    /** To be called once. */
    public void start() {
        worker.start();
    }

    /** An owner that is stopped in order leaves its checkpoint and gives its job back. */
    void stop() throws InterruptedException {
        stopping = true;
        wake.release();
        worker.join(PATIENCE.toMillis());
    }

    private void run() {
        while (!stopping) {
            try {
                Job.stored(store, kind).forEach(this::work);
                // new jobs wake it; jobs of owners that died do not
                if (wake.tryAcquire(service.lease().toMillis() / 3, TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                // an error of the native libraries, say; the job's lease lapses, and after a few starts it is given up
                LOG.errorf(e, "the jobs could not be worked on");
            }
        }
    }

    private void work(Job job) {
        Optional<E> request = job.request(store, kind.request());
        if (stopping || request.isEmpty()) {
            return;
        }
        Optional<JobLease> taken = leases.take(job, JobCheckpoint.step(store, job));
        if (taken.isEmpty()) {
            return;
        }
        try (JobLease own = taken.get()) {
            work(job, request.get(), own);
        }
    }

    private void work(Job job, E request, JobLease own) {
        try {
            if (service.runs().abandoned(job.run())) {
                end(job, own, "dropped");
            } else if (job.result(store, kind.result()).isPresent()) {
                // an owner died between storing and announcing
                finish(job, own, job.result(store, kind.result()));
            } else if (own.starts() > MOST_STARTS) {
                throw new IllegalStateException("ended its worker " + MOST_STARTS + " times without getting further");
            } else {
                LOG.infof("%s begins or goes on", job);
                finish(job, own, result(job, request, own));
            }
        } catch (Exception e) {
            if (stopping || JvmShutdown.inProgress() || own.lost()) {
                own.release();
            } else {
                LOG.errorf(e, "%s failed", job);
                String reason = e.getMessage() == null ? e.toString() : e.getMessage();
                job.storeFailure(store, reason);
                service.deadLetters().put(request, job.extensions(store), kind.requestTopic(), reason);
                end(job, own, "failed");
            }
        }
    }

    private Optional<R> result(Job job, E request, JobLease own) throws Exception {
        service.monitor().beat(request);
        try (JobCheckpoint checkpoint = JobCheckpoint.open(store, job)) {
            return work.apply(request, checkpoint, () -> {
                service.monitor().beat(request);
                return !stopping && !own.lost() && !service.runs().abandoned(job.run());
            });
        } finally {
            service.monitor().finished(request);
        }
    }

    private void finish(Job job, JobLease own, Optional<R> result) {
        if (own.lost()) {
            LOG.warnf("%s: another worker has taken the job", job);
        } else if (result.isPresent()) {
            job.storeResult(store, result.get());
            service.publisher()
                    .publish(List.of(new Announcement(kind.resultTopic(), result.get())), job.extensions(store));
            LOG.infof("%s is done", job);
            end(job, own, "done");
        } else if (service.runs().abandoned(job.run())) {
            end(job, own, "dropped");
        } else {
            own.release();
        }
    }

    private void end(Job job, JobLease own, String result) {
        own.close();
        job.delete(store);
        service.metrics()
                .counter("facemill." + kind.name() + ".jobs", "result", result)
                .increment();
    }
}
