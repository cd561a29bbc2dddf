package org.facemill.contracts.recipe.generator;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which picture of a folder a row of an array without names belongs to. */
public enum RowOrder {
    /** Paths with their numbers counted, 2 before 10: as {@code facemill embed} writes. */
    @JsonProperty("natural")
    NATURAL,
    /** Paths as text, 10 before 2: as Python's {@code sorted(os.listdir(...))} has it. */
    @JsonProperty("text")
    TEXT
}
