package org.facemill.platform.job;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.facemill.contracts.Buckets;
import org.facemill.platform.store.ObjectStore;
import org.jboss.logging.Logger;

/**
 * Fenced ownership of a job. Leases of a job are numbered objects; the highest number owns the job, and a conditional put
 * grants each number once. The owner renews its object; whoever has seen it unchanged for the lease's duration, by its own
 * clock, takes the next number. An owner that was presumed dead finds the higher number at its next renewal, and stops.
 */
public final class JobLease implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(JobLease.class);

    /**
     * Content of the object.
     *
     * @param owner    of this lease; empty where it released the job
     * @param renewals counted, so that every renewal changes the object
     * @param step     the checkpoint's step when the owner started
     * @param starts   owners in a row that started at this step and are gone
     */
    public record Content(String owner, long renewals, long step, int starts) {}

    private final ObjectStore store;
    private final Job job;
    private final long number;
    private final ScheduledExecutorService renewal;
    private volatile Content content;
    private volatile boolean lost;

    JobLease(ObjectStore store, Job job, long number, Content content, Duration duration) {
        this.store = store;
        this.job = job;
        this.number = number;
        this.content = content;
        this.renewal = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lease-" + job.name());
            thread.setDaemon(true);
            return thread;
        });
        long every = duration.toMillis() / 3;
        renewal.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
    }

    private void renew() {
        try {
            renewOnce();
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s: the lease cannot be renewed, the job is left to the next owner", job);
            lost = true;
        }
    }

    private void renewOnce() {
        if (store.exists(Buckets.JOBS, Buckets.lease(job.run(), job.name(), number + 1))) {
            lost = true;
        } else {
            content = new Content(content.owner(), content.renewals() + 1, content.step(), content.starts());
            store.putJson(Buckets.JOBS, Buckets.lease(job.run(), job.name(), number), content);
        }
    }

    /** Whether the job belongs to another owner now, or soon will. */
    boolean lost() {
        return lost;
    }

    /** Owners in a row, this one included, that started where the checkpoint stands; more than a few mean that it kills them. */
    int starts() {
        return content.starts();
    }

    /** Releases the job unfinished: the next owner need not wait. */
    void release() {
        close();
        if (!lost) {
            Content free = new Content("", content.renewals(), content.step(), content.starts() - 1);
            store.putJson(Buckets.JOBS, Buckets.lease(job.run(), job.name(), number), free);
        }
    }

    /** Ends the renewals. */
    @Override
    public void close() {
        renewal.shutdown();
        try {
            renewal.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
