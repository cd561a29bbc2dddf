package org.facemill.contracts;

import java.util.List;
import java.util.Set;

/**
 * Names of the topics. A service creates the common topics and the one that it reads itself when it starts: a topic of work
 * with as many partitions as workers may ever share it, the others with few. All keep records for {@value #RETENTION_DAYS}
 * days, but {@link #RUNS}, which is compacted and read by every worker without a consumer group.
 *
 * <p>Routing is by topic: a sampler named X consumes {@code identity-contexts.X}, an aligner named Y consumes
 * {@code raw-blocks.Y}; where its result goes stands in the event itself.
 */
public final class Topics {

    public static final int RETENTION_DAYS = 7;
    public static final String PREFIX = "facemill.";

    public static final String RUNS = PREFIX + "runs";
    public static final String ALIGNED_BLOCKS = PREFIX + "aligned-blocks";
    public static final String CROPS = PREFIX + "crops";
    public static final String IDENTITY_OUTCOMES = PREFIX + "identity-outcomes";
    public static final String DATASET_REQUESTS = PREFIX + "dataset-requests";
    public static final String DATASET_SEALED = PREFIX + "dataset-sealed";
    public static final String EMBEDDINGS = PREFIX + "embeddings";
    public static final String EVALUATIONS = PREFIX + "evaluations";
    public static final String FR_PROGRESS = PREFIX + "fr-progress";
    public static final String FR_MODELS = PREFIX + "fr-models";
    public static final String LDM_JOBS = PREFIX + "ldm-jobs";
    public static final String LDM_PROGRESS = PREFIX + "ldm-progress";
    public static final String LDM_MODELS = PREFIX + "ldm-models";

    /** The topics that every installation has, whatever samplers and aligners are plugged in. */
    public static final List<String> COMMON = List.of(
            RUNS,
            ALIGNED_BLOCKS,
            CROPS,
            IDENTITY_OUTCOMES,
            DATASET_REQUESTS,
            DATASET_SEALED,
            EMBEDDINGS,
            EVALUATIONS,
            FR_PROGRESS,
            FR_MODELS,
            LDM_JOBS,
            LDM_PROGRESS,
            LDM_MODELS);

    private static final String IDENTITY_CONTEXTS = PREFIX + "identity-contexts.";
    private static final String RAW_BLOCKS = PREFIX + "raw-blocks.";
    private static final String DEAD_LETTERS = PREFIX + "dead-letters.";

    private static final Set<String> WORK = Set.of(ALIGNED_BLOCKS, CROPS, EMBEDDINGS);

    private Topics() {}

    /** Whether a topic carries work on single identities, which many workers share. */
    public static boolean isWork(String topic) {
        return WORK.contains(topic) || topic.startsWith(IDENTITY_CONTEXTS) || topic.startsWith(RAW_BLOCKS);
    }

    /** Where contexts for the sampler of this name are written. */
    public static String identityContexts(String sampler) {
        return IDENTITY_CONTEXTS + sampler;
    }

    /** Where blocks for the aligner of this name are written. */
    public static String rawBlocks(String aligner) {
        return RAW_BLOCKS + aligner;
    }

    /**
     * Where a stage (a service's short name, such as {@code aligner}) puts records that it cannot work on: the record
     * as it came, and why in the header {@value DeadLetterHeaders#REASON}.
     */
    public static String deadLetters(String stage) {
        return DEAD_LETTERS + stage;
    }
}
