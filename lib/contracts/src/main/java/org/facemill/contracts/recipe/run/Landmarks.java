package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Reference points to which faces are aligned. */
public enum Landmarks {
    /** ArcFace's points for 112x112 with x shifted by 8: what IDiff-Face's align.py uses. */
    @JsonProperty("evaluation")
    EVALUATION,
    /** The points of the 96-pixel-wide template, unshifted. */
    @JsonProperty("training")
    TRAINING
}
