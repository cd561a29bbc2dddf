package org.facemill.platform.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.platform.job.JobLease.Content;
import org.facemill.platform.store.ObjectStore;

/** The leases of jobs as one process sees them: takes free ones, and remembers since when others' have not been renewed. */
public final class JobLeases {

    /** What else lies there is nobody's lease. */
    private static final Pattern LEASE = Pattern.compile("(\\d{1,18})\\.json");

    private final ObjectStore store;
    private final Duration duration;
    private final Map<String, Observation> observations = new ConcurrentHashMap<>();

    private record Observation(Content content, long nanos) {}

    JobLeases(ObjectStore store, Duration duration) {
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
        if (!before.owner().isEmpty() && !stale(Buckets.lease(job.run(), job.name(), highest), before)) {
            return Optional.empty();
        }
        int starts = before.step() == step ? before.starts() + 1 : 1;
        Content mine = new Content(UUID.randomUUID().toString(), 0, step, starts);
        return won(Buckets.lease(job.run(), job.name(), highest + 1), mine)
                ? Optional.of(new JobLease(store, job, highest + 1, mine, duration))
                : Optional.empty();
    }

    private boolean stale(String key, Content content) {
        Observation before = observations.get(key);
        if (before == null || !before.content().equals(content)) {
            observations.put(key, new Observation(content, System.nanoTime()));
            return false;
        }
        return System.nanoTime() - before.nanos() > duration.toNanos();
    }

    private boolean won(String key, Content mine) {
        // where the answer was lost, the object says whose it is
        return store.putIfAbsent(Buckets.JOBS, key, json(mine))
                || store.findJson(Buckets.JOBS, key, Content.class)
                        .filter(mine::equals)
                        .isPresent();
    }

    /** Whether a job has an owner. One that died silently counts until another takes its place. */
    public static boolean taken(ObjectStore store, Job job) {
        return content(store, job, highest(store, job))
                .filter(content -> !content.owner().isEmpty())
                .isPresent();
    }

    private static long highest(ObjectStore store, Job job) {
        String prefix = Buckets.leases(job.run(), job.name());
        return store.list(Buckets.JOBS, prefix).stream()
                .map(key -> LEASE.matcher(key.substring(prefix.length())))
                .filter(Matcher::matches)
                .mapToLong(lease -> Long.parseLong(lease.group(1)))
                .max()
                .orElse(0);
    }

    private static Optional<Content> content(ObjectStore store, Job job, long number) {
        return store.findJson(Buckets.JOBS, Buckets.lease(job.run(), job.name(), number), Content.class);
    }

    private static byte[] json(Content content) {
        try {
            return Json.MAPPER.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a lease of plain values can be written", e);
        }
    }
}
