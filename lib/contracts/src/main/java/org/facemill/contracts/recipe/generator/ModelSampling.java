package org.facemill.contracts.recipe.generator;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.facemill.contracts.Json;
import org.facemill.contracts.registry.Chosen;
import org.facemill.contracts.registry.Kind;

/** How a generator is sampled: in its configuration, what holds where a recipe leaves it open; in an origin, what was done. */
public record ModelSampling(
        @NotNull @Chosen(Kind.SAMPLING_METHOD) @JsonPropertyDescription("sampling method")
        String method,

        @Min(1) @Max(100_000) @JsonPropertyDescription("steps of the method; ddpm takes the model's own number")
        int steps,

        @DecimalMin("0") @DecimalMax("1") @JsonPropertyDescription("noise of ddim: 0 deterministic, 1 as ddpm")
        double eta,

        @NotNull @Valid @JsonPropertyDescription("classifier-free guidance")
        Guidance guidance) {

    public ModelSampling {
        if (steps < 1 || steps > 100_000) {
            throw new IllegalArgumentException("steps " + steps + ": expected a number from 1 to 100000");
        }
        if (!(eta >= 0 && eta <= 1)) {
            throw new IllegalArgumentException("eta " + eta + ": expected a number from 0 to 1");
        }
    }

    /** Of models whose files say nothing: as recipes that say nothing have it. */
    public static final ModelSampling USUAL =
            Json.MAPPER.convertValue(Json.resource("ldm-recipe-defaults.json").get("sampling"), ModelSampling.class);
}
