package org.facemill.context;

/** Where an identity stands. */
enum IdentityStatus {
    /** Issued, and not ended yet. */
    IN_FLIGHT,
    /** Its crops are stored; one of the dataset's, unless N of lower ordinal are complete. */
    COMPLETE,
    /** Too few of its images aligned. */
    DISCARDED,
    /** It could not be worked on. */
    FAILED,
    /** Complete, but N of lower ordinal are. */
    SURPLUS,
    /** In flight when its run ended. */
    CANCELLED;

    boolean ended() {
        return this != IN_FLIGHT;
    }
}
