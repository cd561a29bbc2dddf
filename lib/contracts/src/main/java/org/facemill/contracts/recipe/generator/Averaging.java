package org.facemill.contracts.recipe.generator;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a trained generator's weights are. */
public enum Averaging {
    /** Their exponential moving average. */
    @JsonProperty("intended")
    INTENDED,
    /** The last ones, as what IDiff-Face's published code calls its average. */
    @JsonProperty("faithful")
    FAITHFUL
}
