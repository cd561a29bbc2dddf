package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an evaluation judges. */
public enum EvaluationKind {
    /** The identities encoded so far. */
    @JsonProperty("live")
    LIVE,
    /** A sealed version of the dataset. */
    @JsonProperty("dataset")
    DATASET,
    /** A trained recogniser, on identities that it has not seen or on a benchmark. */
    @JsonProperty("recogniser")
    RECOGNISER
}
