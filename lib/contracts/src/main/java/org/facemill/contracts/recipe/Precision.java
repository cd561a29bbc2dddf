package org.facemill.contracts.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Arithmetic of the networks; a sampler's own arithmetic is always float32. */
public enum Precision {
    @JsonProperty("fp32")
    FP32,
    @JsonProperty("bf16")
    BF16
}
