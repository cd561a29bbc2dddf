package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the further copies of an identity's first image are. */
public enum CopyKind {
    /** The image itself, byte by byte: what ADMIS' id_augment.py writes. */
    @JsonProperty("identical")
    IDENTICAL,
    /** The image changed at random, as training images are: mirrored by the toss of a coin, then RandAugment(4, 16). */
    @JsonProperty("augmented")
    AUGMENTED
}
