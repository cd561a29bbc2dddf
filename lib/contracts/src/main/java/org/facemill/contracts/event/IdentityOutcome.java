package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.facemill.contracts.recipe.Names;

/** An identity has ended at some stage. */
public record IdentityOutcome(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @Min(0) @Max(4294967295L) @JsonPropertyDescription("number of the identity in its run, from 0")
        long ordinal,

        @Min(0) @JsonPropertyDescription("how often the identity was announced before")
        int attempt,

        @NotNull @JsonPropertyDescription("how it ended") Outcome outcome,

        @NotBlank @JsonPropertyDescription("stage that says so, such as aligner")
        String stage,

        @NotNull @JsonPropertyDescription("why, where it is not complete; else empty")
        String reason,

        @NotNull @JsonPropertyDescription("the crops, where it is complete")
        Optional<@Valid Crops> crops)
        implements IdentityEvent {

    /** The identity of these crops is complete. */
    public static IdentityOutcome complete(Crops crops, String stage) {
        return new IdentityOutcome(
                crops.run(), crops.ordinal(), crops.attempt(), Outcome.COMPLETE, stage, "", Optional.of(crops));
    }

    /** The identity that an event is about is discarded: nothing failed, but it cannot be used. */
    public static IdentityOutcome discarded(IdentityEvent event, String stage, String reason) {
        return new IdentityOutcome(
                event.run(), event.ordinal(), event.attempt(), Outcome.DISCARDED, stage, reason, Optional.empty());
    }
}
