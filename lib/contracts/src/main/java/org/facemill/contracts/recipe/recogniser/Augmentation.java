package org.facemill.contracts.recipe.recogniser;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Augmentation of training images. */
public enum Augmentation {
    @JsonProperty("none")
    NONE,
    /** Horizontal flip with probability 0.5. */
    @JsonProperty("flip")
    FLIP,
    /** Flip, then RandAugment(4, 16): IDiff-Face. */
    @JsonProperty("rand-augment")
    RAND_AUGMENT,
    /** Flip, then random resized crop with probability 0.2: ADMIS. */
    @JsonProperty("random-crop")
    RANDOM_CROP
}
