package org.facemill.platform.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.event.Event;
import org.facemill.platform.messaging.Extensions;
import org.facemill.platform.store.ObjectStore;

/**
 * Long work that is to be done, as an object in the store.
 *
 * @param run  that it belongs to
 * @param name its own among the run's jobs, such as {@code fr-v1}
 */
public record Job(String run, String name) {

    private static final Pattern KEY = Pattern.compile("requests/([^/]+)/([^/]+)\\.json");

    private record Stored(JsonNode request, Extensions extensions) {}

    private record Failure(String reason) {}

    /** The jobs of a kind that wait or are under way. */
    public static List<Job> stored(ObjectStore store, JobKind<?, ?> kind) {
        return store.list(Buckets.JOBS, Buckets.jobs(kind.name())).stream()
                .map(KEY::matcher)
                .filter(Matcher::matches)
                .map(key -> new Job(key.group(2), key.group(1)))
                .toList();
    }

    /** What asks for it; empty where the job is done or dropped. */
    public <E extends Event> Optional<E> request(ObjectStore store, Class<E> type) {
        return stored(store).map(stored -> Json.MAPPER.convertValue(stored.request(), type));
    }

    /** Extensions of its request's record, to be handed on with its result. */
    Extensions extensions(ObjectStore store) {
        return stored(store).map(Stored::extensions).orElse(Extensions.NONE);
    }

    private Optional<Stored> stored(ObjectStore store) {
        return store.findJson(Buckets.JOBS, Buckets.job(run, name), Stored.class);
    }

    /** Stores the job where loops find it. */
    public void store(ObjectStore store, Event request, Extensions extensions) {
        store.putJson(Buckets.JOBS, Buckets.job(run, name), new Stored(Json.MAPPER.valueToTree(request), extensions));
    }

    /** What was announced when the job was done; written last, as the commit mark. */
    public <R extends Event> Optional<R> result(ObjectStore store, Class<R> type) {
        return store.findJson(Buckets.RUNS, Buckets.jobResult(run, name), type);
    }

    void storeResult(ObjectStore store, Event result) {
        store.putJson(Buckets.RUNS, Buckets.jobResult(run, name), result);
    }

    /** Why the job failed, where it did; a job that was asked for again since is stored again. */
    public Optional<String> failure(ObjectStore store) {
        return store.findJson(Buckets.RUNS, Buckets.jobFailure(run, name), Failure.class)
                .map(Failure::reason);
    }

    /** Keeps why the job failed. */
    public void storeFailure(ObjectStore store, String reason) {
        store.putJson(Buckets.RUNS, Buckets.jobFailure(run, name), new Failure(reason));
    }

    /** Removes the job with all that only its work needed. */
    void delete(ObjectStore store) {
        store.delete(Buckets.JOBS, Buckets.job(run, name));
        store.deleteAll(Buckets.JOBS, store.list(Buckets.JOBS, Buckets.checkpoint(run, name)));
        store.deleteAll(Buckets.JOBS, store.list(Buckets.JOBS, Buckets.leases(run, name)));
    }

    @Override
    public String toString() {
        return run + "/" + name;
    }
}
