package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an identity ended. */
public enum Outcome {
    /** M good crops are stored. */
    @JsonProperty("complete")
    COMPLETE,
    /** Too few images aligned; another identity takes its place. */
    @JsonProperty("discarded")
    DISCARDED,
    /** It could not be worked on; the reason says why. */
    @JsonProperty("failed")
    FAILED
}
