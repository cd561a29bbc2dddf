package org.facemill.platform.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.platform.ObjectStore;

/**
 * Who works on a job. Leases of a job are numbered objects; the highest number owns the job, and a number is given once, by
 * a conditional put. The owner renews its object; whoever sees it unchanged for the lease's time, by its own clock, takes
 * the next number. An owner that was thought dead finds the higher number at its next renewal, and stops.
 */
public final class JobLease implements AutoCloseable {

    /**
     * Content of the object.
     *
     * @param owner    of this lease; empty where it gave the job back
     * @param renewals counted, so that every renewal changes the object
     * @param step     the checkpoint's step when the owner started
     * @param starts   owners in a row that started at this step and are gone
     */
    public record Content(String owner, long renewals, long step, int starts) {}

    /** Takes leases, and remembers since when it has seen others' unchanged. */
    static final class Desk {

        private final ObjectStore store;
        private final Duration duration;
        private final Map<String, Sighting> sightings = new ConcurrentHashMap<>();

        private record Sighting(Content content, long nanos) {}

        Desk(ObjectStore store, Duration duration) {
            this.store = store;
            this.duration = duration;
        }

        /**
         * Takes the lease of a job, if it is free.
         *
         * @param step of the job's checkpoint
         */
        Optional<JobLease> take(Job job, long step) {
            long highest = highest(store, job);
            Content before = content(store, job, highest).orElse(new Content("", 0, step, 0));
            if (!before.owner().isEmpty() && !stale(job.lease(highest), before)) {
                return Optional.empty();
            }
            int starts = before.step() == step ? before.starts() + 1 : 1;
            Content mine = new Content(UUID.randomUUID().toString(), 0, step, starts);
            return won(job.lease(highest + 1), mine)
                    ? Optional.of(new JobLease(store, job, highest + 1, mine, duration))
                    : Optional.empty();
        }

        private boolean stale(String key, Content content) {
            Sighting before = sightings.get(key);
            if (before == null || !before.content().equals(content)) {
                sightings.put(key, new Sighting(content, System.nanoTime()));
                return false;
            }
            return System.nanoTime() - before.nanos() > duration.toNanos();
        }

        private boolean won(String key, Content mine) {
            // where the answer was lost, the object says whose it is
            return store.putIfAbsent(Buckets.RUNS, key, json(mine))
                    || store.findJson(Buckets.RUNS, key, Content.class)
                            .filter(mine::equals)
                            .isPresent();
        }
    }

    /** Whether a worker has a job. One that died without a word counts until another takes its place. */
    public static boolean taken(ObjectStore store, Job job) {
        return content(store, job, highest(store, job))
                .filter(content -> !content.owner().isEmpty())
                .isPresent();
    }

    private static long highest(ObjectStore store, Job job) {
        String prefix = job.leases();
        return store.list(Buckets.RUNS, prefix).stream()
                .map(key -> key.substring(prefix.length(), key.length() - ".json".length()))
                .mapToLong(Long::parseLong)
                .max()
                .orElse(0);
    }

    private static Optional<Content> content(ObjectStore store, Job job, long number) {
        return store.findJson(Buckets.RUNS, job.lease(number), Content.class);
    }

    private static byte[] json(Content content) {
        try {
            return Json.MAPPER.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a lease of plain values can be written", e);
        }
    }

    private final ObjectStore store;
    private final Job job;
    private final long number;
    private final ScheduledExecutorService renewal;
    private volatile Content content;
    private volatile boolean lost;

    private JobLease(ObjectStore store, Job job, long number, Content content, Duration duration) {
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
        if (store.exists(Buckets.RUNS, job.lease(number + 1))) {
            lost = true;
        } else {
            content = new Content(content.owner(), content.renewals() + 1, content.step(), content.starts());
            store.putJson(Buckets.RUNS, job.lease(number), content);
        }
    }

    /** Whether another owner has taken the job. */
    boolean lost() {
        return lost;
    }

    /** Owners in a row, this one included, that started where the checkpoint stands; more than a few mean that it kills them. */
    int starts() {
        return content.starts();
    }

    /** Gives the job back where it is not done: the next owner need not wait. */
    void giveBack() {
        close();
        if (!lost) {
            Content free = new Content("", content.renewals(), content.step(), content.starts() - 1);
            store.putJson(Buckets.RUNS, job.lease(number), free);
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
