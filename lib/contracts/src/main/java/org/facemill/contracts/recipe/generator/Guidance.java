package org.facemill.contracts.recipe.generator;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * Classifier-free guidance (Ho and Salimans, 2022) in an interval of noise levels (Kynkäänniemi et al., 2024): given at the
 * time steps t of the training's schedule with {@code from <= t < to}; at all others the model is purely conditional.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Guidance(
        @DecimalMin("0") @DecimalMax("50") @JsonPropertyDescription("1 is purely conditional, 0 unconditional")
        double scale,

        @Min(0) @Max(100_000) @JsonPropertyDescription("lowest time step t that is guided")
        int from,

        @NotNull @JsonPropertyDescription("time step t from which on none is guided any more; absent: all from `from` on are")
        Optional<@Min(1) @Max(100_000) Integer> to) {

    /** Purely conditional. */
    public static final Guidance NONE = new Guidance(1, 0, Optional.empty());

    public Guidance {
        if (!(scale >= 0 && scale <= 50)) {
            throw new IllegalArgumentException("guidance scale " + scale + ": expected a number from 0 to 50");
        }
        if (from < 0 || to.isPresent() && to.get() <= from) {
            throw new IllegalArgumentException("guidance from step " + from + " to before "
                    + to.map(Object::toString).orElse("the last") + ": guides no step; expected 0 <= from < to");
        }
    }
}
