package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Origin of identity contexts. */
public enum ContextSource {
    @JsonProperty("uniform")
    UNIFORM,
    @JsonProperty("file")
    FILE
}
