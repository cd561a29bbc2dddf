package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.facemill.contracts.recipe.generator.Guidance;

/** What a recipe says of guidance; what is absent is as the model's configuration has it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record GuidanceChoice(
        @NotNull @JsonPropertyDescription("scale; 1 is purely conditional, 0 unconditional")
        Optional<@DecimalMin("0") @DecimalMax("50") Double> scale,

        @NotNull @JsonPropertyDescription("lowest time step t of the training's schedule that is guided")
        Optional<@Min(0) @Max(100_000) Integer> from,

        @NotNull @JsonPropertyDescription("time step t from which on none is guided any more")
        Optional<@Min(1) @Max(100_000) Integer> to) {

    /** With what is absent taken from the model. */
    Guidance over(Guidance own) {
        return new Guidance(scale.orElse(own.scale()), from.orElse(own.from()), to.isPresent() ? to : own.to());
    }
}
