package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens where no face is found in an image of a block. */
public enum FailurePolicy {
    /** The first M images that align are kept; fewer than M: the identity is discarded and replaced. */
    @JsonProperty("spare")
    SPARE,
    /** Only the first M images count; one that does not align discards the identity. */
    @JsonProperty("discard")
    DISCARD,
    /** One image without a face and the whole block is only resized, as IDiff-Face's align.py does. */
    @JsonProperty("resize")
    RESIZE
}
