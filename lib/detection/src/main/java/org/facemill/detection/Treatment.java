package org.facemill.detection;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a crop was made from its image. */
public enum Treatment {
    /** Warped so that the face's points lie on the reference points. */
    @JsonProperty("aligned")
    ALIGNED,
    /** Only resized, since a face was missing somewhere in the block. */
    @JsonProperty("resized")
    RESIZED
}
