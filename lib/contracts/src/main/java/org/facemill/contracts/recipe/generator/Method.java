package org.facemill.contracts.recipe.generator;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Sampling method of a diffusion model. */
public enum Method {
    @JsonProperty("ddpm")
    DDPM,
    @JsonProperty("ddim")
    DDIM,
    /** DDIM with the off-by-one of ADMIS' published code. */
    @JsonProperty("ddim-faithful")
    DDIM_FAITHFUL,
    @JsonProperty("dpm++")
    DPM_PLUS_PLUS
}
