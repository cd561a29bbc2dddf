package org.facemill.contracts;

import java.util.List;

/** Names of the buckets, and the key of every object: a pure function of run, ordinal and stage. */
public final class Buckets {

    public static final String MODELS = "models";
    public static final String CONTEXTS = "contexts";
    public static final String RUNS = "runs";
    public static final String JOBS = "jobs";
    public static final String BLOCKS = "blocks";
    public static final String ALIGNED = "aligned";
    public static final String CROPS = "crops";
    public static final String EMBEDDINGS = "embeddings";
    public static final String DATASETS = "datasets";
    public static final String EVALUATIONS = "evaluations";
    public static final String BENCHMARKS = "benchmarks";

    public static final List<String> ALL = List.of(
            MODELS, CONTEXTS, RUNS, JOBS, BLOCKS, ALIGNED, CROPS, EMBEDDINGS, DATASETS, EVALUATIONS, BENCHMARKS);

    private Buckets() {}

    /** In {@link #RUNS}: the recipe as accepted, defaults filled in. */
    public static String recipe(String run) {
        return run + "/recipe.json";
    }

    /** In {@link #RUNS}: the recipe of a run that was extended to so many identities, which make up a version of the dataset. */
    public static String extendedRecipe(String run, int version, int identities) {
        return run + "/recipe-v" + version + "-" + identities + ".json";
    }

    /**
     * In {@link #RUNS}: a run's own copy of stored contexts, checked: vectors as their source has them, 512 little-endian float32 an
     * identity, by ordinal.
     */
    public static String contexts(String run) {
        return run + "/contexts.f32";
    }

    /** In {@link #RUNS}: the outcomes of all ordinals up to a version's last identity; its members are the complete ones. */
    public static String members(String run, int version) {
        return run + "/v" + version + "-members.json";
    }

    /**
     * In {@link #RUNS}: counts a stage's attempts at one piece of work, so that a record that kills its worker ends.
     *
     * @param work the identity's ordinal, or kind and number of an event about the whole run
     */
    public static String attempts(String run, String stage, String work) {
        return run + "/attempts/" + stage + "/" + work;
    }

    /** In {@link #RUNS}: written and read to probe whether the store works at all. */
    public static String storeCheck() {
        return ".store-check";
    }

    /** In {@link #JOBS}: prefix of all jobs of a kind that wait or are under way; their names begin with it. */
    public static String jobs(String kind) {
        return "requests/" + kind + "-";
    }

    /** In {@link #JOBS}: a long job as an object, there until it is done: the event that asks for it. */
    public static String job(String run, String job) {
        return "requests/" + job + "/" + run + ".json";
    }

    /** In {@link #JOBS}: prefix of a long job's leases, ending in a slash. */
    public static String leases(String run, String job) {
        return "leases/" + job + "/" + run + "/";
    }

    /** In {@link #JOBS}: who works on a long job; the highest number counts. */
    public static String lease(String run, String job, long number) {
        return leases(run, job) + number + ".json";
    }

    /** In {@link #JOBS}: prefix of what a long job has done so far, ending in a slash. */
    public static String checkpoint(String run, String job) {
        return "checkpoints/" + job + "/" + run + "/";
    }

    /** In {@link #RUNS}: the event that says what came of a long job; written when all else is stored, as the commit mark. */
    public static String jobResult(String run, String job) {
        return run + "/results/" + job + ".json";
    }

    /** In {@link #RUNS}: why a long job failed. */
    public static String jobFailure(String run, String job) {
        return run + "/failures/" + job + ".json";
    }

    /** In {@link #JOBS}: prefix of all trainings of generators, ending in a slash. */
    public static String trainings() {
        return "trainings/";
    }

    /** In {@link #JOBS}: the event that asked for a generator's training; stays when the training is over. */
    public static String training(String run) {
        return trainings() + run + ".json";
    }

    /** In {@link #RUNS}: how far a generator's training is, as last reported. */
    public static String trainingProgress(String run) {
        return run + "/training-progress.json";
    }

    /** In {@link #RUNS}: prefix of a training's sample grids, ending in a slash. */
    public static String sampleGrids(String run, String job) {
        return run + "/samples/" + job + "/";
    }

    /** In {@link #RUNS}: what a generator samples after so many steps of its training. */
    public static String sampleGrid(String run, String job, long step) {
        return sampleGrids(run, job) + step + ".png";
    }

    /** In {@link #BLOCKS}: the grid of one identity, as sampled. */
    public static String block(String run, long ordinal) {
        return run + "/" + ordinal + ".png";
    }

    /** In {@link #BLOCKS}: what made the grid; written after it, as the commit mark. */
    public static String blockDetails(String run, long ordinal) {
        return run + "/" + ordinal + ".json";
    }

    /** In {@link #ALIGNED}: the grid of one identity's aligned crops. */
    public static String aligned(String run, long ordinal) {
        return run + "/" + ordinal + ".png";
    }

    /** In {@link #ALIGNED}: box, points, score and treatment of each image; written last, as the commit mark. */
    public static String alignedDetails(String run, long ordinal) {
        return run + "/" + ordinal + ".json";
    }

    /** In {@link #CROPS}: a tar of one identity's images as PNG. */
    public static String crops(String run, long ordinal) {
        return run + "/" + ordinal + ".tar";
    }

    /** In {@link #EMBEDDINGS}: float32 array [images, dimension] of one identity. */
    public static String embeddings(String run, String model, long ordinal) {
        return run + "/" + model + "/" + ordinal + ".npy";
    }

    /** In {@link #DATASETS}: prefix of a version of the dataset, ending in a slash. */
    public static String dataset(String run, int version) {
        return run + "/v" + version + "/";
    }

    /** In {@link #DATASETS}: says what the dataset holds and how it was made; written last, as the commit mark. */
    public static String manifest(String run, int version) {
        return dataset(run, version) + "manifest.json";
    }

    /** In {@link #EVALUATIONS}: prefix of a run's reports, ending in a slash. */
    public static String evaluation(String run) {
        return run + "/";
    }

    /** In {@link #EVALUATIONS}: a part of what a run's live figures are computed from; its name is used once. */
    public static String livePart(String run, String model, String name) {
        return run + "/live/" + model + "/" + name;
    }

    /** In {@link #EVALUATIONS}: which parts those are; written after them, as the commit mark. */
    public static String liveSnapshot(String run, String model) {
        return livePart(run, model, "snapshot.json");
    }

    /** In {@link #MODELS}: prefix of a model folder, ending in a slash. */
    public static String model(String name) {
        return name + "/";
    }

    /** Name of the recogniser that is trained on a version of a run's dataset. */
    public static String frModelName(String run, int version) {
        return "fr-" + run + "-v" + version;
    }
}
