package org.facemill.contracts.recipe;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/** How a generator is meant to be sampled: what holds where a {@link Sampling} leaves it open. Part of its configuration. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ModelSampling(
        @NotNull @JsonPropertyDescription("sampling method") Method method,

        @Min(1) @Max(1000) @JsonPropertyDescription("steps of the method; ddpm takes the model's own number")
        int steps,

        @DecimalMin("0") @DecimalMax("1") @JsonPropertyDescription("noise of ddim: 0 deterministic, 1 as ddpm")
        double eta,

        @DecimalMin("0") @DecimalMax("50") @JsonPropertyDescription("scale of classifier-free guidance, 1 is purely conditional")
        double guidanceScale,

        @NotNull @JsonPropertyDescription("step t of the noise schedule below which guidance is given; absent: all of them")
        Optional<@Min(1) Integer> guidanceBelow) {

    /** Of models whose files say nothing. */
    public static final ModelSampling USUAL = new ModelSampling(Method.DPM_PLUS_PLUS, 20, 0, 1, Optional.empty());
}
