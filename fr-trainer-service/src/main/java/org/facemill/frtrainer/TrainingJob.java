package org.facemill.frtrainer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.FrModel;
import org.facemill.platform.ObjectStore;

/**
 * A training that is to be done, as an object in the store.
 *
 * @param run     the run
 * @param version of its dataset
 */
record TrainingJob(String run, int version) {

    private static final Pattern KEY = Pattern.compile("([^/]+)/jobs/fr-v(\\d+)\\.json");

    /** The jobs that wait or are under way. */
    static List<TrainingJob> stored(ObjectStore store) {
        return store.list(Buckets.RUNS, "").stream().map(KEY::matcher).filter(Matcher::matches)
                .map(key -> new TrainingJob(key.group(1), Integer.parseInt(key.group(2)))).toList();
    }

    /** Name of the recogniser that comes out. */
    String model() {
        return Buckets.frModelName(run, version);
    }

    /** What is to be done; empty where the job is done or dropped. */
    Optional<DatasetSealed> event(ObjectStore store) {
        return store.findJson(Buckets.RUNS, key(), DatasetSealed.class);
    }

    void store(ObjectStore store, DatasetSealed event) {
        store.putJson(Buckets.RUNS, key(), event);
    }

    /** What was announced when the job was done; written last, as the commit mark. */
    Optional<FrModel> result(ObjectStore store) {
        return store.findJson(Buckets.MODELS, resultKey(), FrModel.class);
    }

    void storeResult(ObjectStore store, FrModel result) {
        store.putJson(Buckets.MODELS, resultKey(), result);
    }

    /** Removes the job with all that only its training needed. */
    void delete(ObjectStore store) {
        store.delete(Buckets.RUNS, key());
        store.list(Buckets.MODELS, checkpoints()).forEach(key -> store.delete(Buckets.MODELS, key));
        store.list(Buckets.RUNS, leases()).forEach(key -> store.delete(Buckets.RUNS, key));
    }

    /** Key of the lease of this number; the prefix of all is {@link #leases}. */
    String lease(long number) {
        return Buckets.lease(run, name() + "-" + number);
    }

    String leases() {
        return run + "/leases/" + name() + "-";
    }

    /** Prefix of the checkpoint's objects in the models bucket. */
    String checkpoints() {
        return Buckets.model(model()) + "checkpoint/";
    }

    private String key() {
        return Buckets.job(run, name());
    }

    private String name() {
        return "fr-v" + version;
    }

    private String resultKey() {
        return Buckets.model(model()) + "announcement.json";
    }
}
