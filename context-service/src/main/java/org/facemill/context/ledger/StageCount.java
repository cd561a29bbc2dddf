package org.facemill.context.ledger;

import jakarta.persistence.Embeddable;

/**
 * How many identities of a run have reached a stage.
 *
 * @param done each counted once
 * @param lost those of them that were discarded or failed: the dataset needs others in their place
 */
@Embeddable
record StageCount(long done, long lost) {

    static final StageCount ZERO = new StageCount(0, 0);

    StageCount plusDone() {
        return new StageCount(done + 1, lost);
    }

    StageCount plusLost() {
        return new StageCount(done, lost + 1);
    }

    /** How many are to reach it, as far as that is known: those that the dataset holds, and one for each that was lost. */
    long total(long wanted) {
        return Math.max(done, wanted + lost);
    }
}
