package org.facemill.context.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An identity of a run as its users see it. */
@Schema(description = "An identity of a run")
public record IdentityStatus(
        @Schema(description = "its number in the run, from 0")
        long ordinal,

        @Schema(description = "what became of it") State state,

        @Schema(description = "the last stage that it has passed", examples = "aligned")
        String reached,

        @Schema(description = "the stage that said how it ended; else empty")
        String stage,

        @Schema(description = "why it was lost; else empty") String reason,

        @Schema(description = "how often it was announced again")
        int attempt,

        @Schema(description = "when anything was heard of it last")
        Instant heard) {

    /** What became of it. */
    public enum State {
        /** Some stage works on it, or will. */
        @JsonProperty("in_flight")
        IN_FLIGHT,
        /** Its images are stored. */
        @JsonProperty("complete")
        COMPLETE,
        /** Complete, but N of lower ordinal are. */
        @JsonProperty("surplus")
        SURPLUS,
        /** Too few of its images aligned. */
        @JsonProperty("discarded")
        DISCARDED,
        /** A stage could not work on it. */
        @JsonProperty("failed")
        FAILED,
        /** In flight when its run ended. */
        @JsonProperty("cancelled")
        CANCELLED
    }
}
