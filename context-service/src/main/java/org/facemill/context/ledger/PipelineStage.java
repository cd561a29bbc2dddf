package org.facemill.context.ledger;

import java.util.Arrays;
import java.util.List;

/** How far an identity has come, in the order of the pipeline: who has reached one has reached those before it. */
enum PipelineStage {
    /** Its context is announced. */
    ISSUED,
    /** Its raw block is stored. */
    SAMPLED,
    /** Its aligned block is stored. */
    ALIGNED,
    /** Its crops are stored. */
    CROPPED,
    /** Its embeddings are stored. */
    ENCODED;

    /** The stages after {@link #ISSUED} up to this one. */
    List<PipelineStage> passed() {
        return Arrays.asList(values()).subList(1, ordinal() + 1);
    }
}
