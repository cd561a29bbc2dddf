package org.facemill.cli.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What was checked, and what was found.
 *
 * @param remedy what to do; null where nothing is to be done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(String what, Grade grade, String found, String remedy) {

    /** How much it matters. */
    public enum Grade {
        @JsonProperty("good")
        GOOD,
        /** It works, but slower or shorter than it could. */
        @JsonProperty("poor")
        POOR,
        /** It does not work. */
        @JsonProperty("bad")
        BAD
    }

    static Finding good(String what, String found) {
        return new Finding(what, Grade.GOOD, found, null);
    }

    static Finding poor(String what, String found, String remedy) {
        return new Finding(what, Grade.POOR, found, remedy);
    }

    static Finding bad(String what, String found, String remedy) {
        return new Finding(what, Grade.BAD, found, remedy);
    }
}
