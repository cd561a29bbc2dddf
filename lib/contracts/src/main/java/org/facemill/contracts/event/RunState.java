package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a run stands. */
public enum RunState {
    /** Identities are made. */
    @JsonProperty("running")
    RUNNING,
    /** The dataset is requested, or its recogniser or report is not ready yet. */
    @JsonProperty("finishing")
    FINISHING,
    /** All that the recipe asked for is there; the run goes on where more identities are asked of it. */
    @JsonProperty("completed")
    COMPLETED,
    /** Ended without a dataset; the reason says why. */
    @JsonProperty("failed")
    FAILED,
    /** Ended by a user; workers drop what is left of it. */
    @JsonProperty("cancelled")
    CANCELLED;

    /** Whether the run is over. */
    public boolean terminal() {
        return this == COMPLETED || abandoned();
    }

    /** Whether the run is over for good: what is left of its work is dropped. */
    public boolean abandoned() {
        return this == FAILED || this == CANCELLED;
    }
}
