package org.facemill.frtrainer;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.FrModel;
import org.facemill.contracts.event.FrProgress;
import org.facemill.platform.Announcement;
import org.facemill.platform.DeadLetters;
import org.facemill.platform.ObjectStore;
import org.facemill.platform.Publisher;
import org.facemill.platform.RunWatch;
import org.jboss.logging.Logger;

/** Works on the stored jobs one after the other, for as long as the service runs. */
@ApplicationScoped
class JobLoop {

    private static final Logger LOG = Logger.getLogger(JobLoop.class);
    /** Owners in a row that a job may end without getting further. */
    private static final int MOST_STARTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ObjectStore store;
    private final Publisher publisher;
    private final DeadLetters deadLetters;
    private final RunWatch runs;
    private final MeterRegistry metrics;
    private final Duration lease;
    private final DatasetTraining training;
    private final JobLease.Desk leases;
    private final Semaphore wake = new Semaphore(0);
    private final Thread worker = new Thread(this::run, "training");
    private volatile boolean stopping;

    JobLoop(ObjectStore store, Publisher publisher, DeadLetters deadLetters, RunWatch runs, MeterRegistry metrics,
            @ConfigProperty(name = "facemill.fr-trainer.lease") Duration lease,
            @ConfigProperty(name = "facemill.fr-trainer.checkpoint-every") Duration checkpointEvery) {
        this.store = store;
        this.publisher = publisher;
        this.deadLetters = deadLetters;
        this.runs = runs;
        this.metrics = metrics;
        this.lease = lease;
        this.leases = new JobLease.Desk(store, lease);
        this.training = new DatasetTraining(store, checkpointEvery, this::tell);
    }

    void start(@Observes StartupEvent started) {
        worker.start();
    }

    /** A trainer that is stopped in order leaves its checkpoint and gives its job back. */
    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        stopping = true;
        wake();
        worker.join(PATIENCE.toMillis());
    }

    /** There is a new job. */
    void wake() {
        wake.release();
    }

    private void run() {
        while (!stopping) {
            try {
                TrainingJob.stored(store).forEach(this::work);
                // new jobs wake it; jobs of trainers that died do not
                if (wake.tryAcquire(lease.toMillis() / 3, TimeUnit.MILLISECONDS)) {
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

    private void work(TrainingJob job) {
        Optional<DatasetSealed> event = job.event(store);
        if (stopping || event.isEmpty()) {
            return;
        }
        Optional<JobLease> taken = leases.take(job, StoredCheckpoint.step(store, job.checkpoints()));
        if (taken.isEmpty()) {
            return;
        }
        try (JobLease own = taken.get()) {
            work(job, event.get(), own);
        }
    }

    private void work(TrainingJob job, DatasetSealed event, JobLease own) {
        try {
            if (runs.over(job.run())) {
                end(job, own, "dropped");
            } else if (job.result(store).isPresent()) {
                // an owner died between storing and announcing
                finish(job, own, job.result(store));
            } else if (own.starts() > MOST_STARTS) {
                throw new IllegalStateException("ended its trainer " + MOST_STARTS + " times without getting further");
            } else {
                LOG.infof("%s: training begins or goes on", job.model());
                finish(job, own, training.train(job, event, () -> !stopping && !own.lost() && !runs.over(job.run())));
            }
        } catch (Exception e) {
            if (stopping || own.lost()) {
                own.giveBack();
            } else {
                LOG.errorf(e, "%s: training failed", job.model());
                deadLetters.put(event, Topics.DATASET_SEALED, e.getMessage() == null ? e.toString() : e.getMessage());
                end(job, own, "failed");
            }
        }
    }

    private void finish(TrainingJob job, JobLease own, Optional<FrModel> result) {
        if (own.lost()) {
            LOG.warnf("%s: another trainer has taken the job", job.model());
        } else if (result.isPresent()) {
            job.storeResult(store, result.get());
            publisher.publish(List.of(new Announcement(Topics.FR_MODELS, result.get())));
            LOG.infof("%s: trained in %.0f s, loss %.3f", job.model(), result.get().seconds(), result.get().loss());
            end(job, own, "done");
        } else if (runs.over(job.run())) {
            end(job, own, "dropped");
        } else {
            own.giveBack();
        }
    }

    private void end(TrainingJob job, JobLease own, String result) {
        own.close();
        job.delete(store);
        metrics.counter("facemill.fr.jobs", "result", result).increment();
    }

    private void tell(FrProgress progress) {
        metrics.summary("facemill.fr.images.per.second").record(progress.imagesPerSecond());
        publisher.publish(List.of(new Announcement(Topics.FR_PROGRESS, progress)));
    }
}
