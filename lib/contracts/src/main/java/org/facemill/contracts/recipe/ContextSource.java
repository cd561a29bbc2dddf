package org.facemill.contracts.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Origin of identity contexts. */
public enum ContextSource {
    @JsonProperty("synthetic-uniform")
    SYNTHETIC_UNIFORM,
    @JsonProperty("file")
    FILE
}
