package org.facemill.contracts.recipe;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** How contexts become raw images; travels in every identity context. */
public record Sampling(
        @NotNull @Pattern(regexp = Names.PATTERN) @JsonPropertyDescription("name of the sampler: the suffix of the topic that it consumes")
        String sampler,
        @NotNull @Pattern(regexp = "|" + Names.PATTERN) @JsonPropertyDescription("generator model: a folder in the models bucket; empty for a sampler that needs none")
        String model,
        @NotNull @JsonPropertyDescription("sampling method") Method method,
        @Min(1) @Max(1000) @JsonPropertyDescription("steps of the method; ddpm takes the model's own number") int steps,
        @NotNull @DecimalMin("0") @DecimalMax("50") @JsonPropertyDescription("classifier-free guidance scale, 1 is purely conditional; absent: as the model's configuration has it")
        Optional<Double> guidance,
        @DecimalMin("0") @DecimalMax("1") @JsonPropertyDescription("noise of ddim: 0 deterministic, 1 as ddpm") double eta,
        @NotNull @JsonPropertyDescription("arithmetic of the networks") Precision precision,
        @Min(0) @Max(1024) @JsonPropertyDescription("images made beyond M, of which alignment may lose some") int spare) {
}
