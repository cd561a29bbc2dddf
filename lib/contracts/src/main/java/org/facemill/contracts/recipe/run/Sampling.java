package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.facemill.contracts.recipe.Names;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.generator.Guidance;
import org.facemill.contracts.recipe.generator.ModelSampling;
import org.facemill.contracts.registry.Chosen;
import org.facemill.contracts.registry.Kind;

/** How contexts become raw images; travels in every identity context. What is left to the model is left out. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Sampling(
        @NotNull @Pattern(regexp = Names.PATTERN) @JsonPropertyDescription("name of the sampler: the suffix of the topic that it consumes")
        String sampler,

        @NotNull @Pattern(regexp = "|" + Names.PATTERN) @JsonPropertyDescription("generator model: a folder in the models bucket; empty for a sampler that needs none")
        String model,

        @NotNull @JsonPropertyDescription("arithmetic of the networks")
        Precision precision,

        @Min(0) @Max(1024) @JsonPropertyDescription("images made beyond M, of which alignment may lose some")
        int spare,

        @NotNull @Chosen(Kind.SAMPLING_METHOD) @JsonPropertyDescription("sampling method" + ELSE)
        Optional<String> method,

        @NotNull @JsonPropertyDescription("steps of the method; ddpm takes the model's own number" + ELSE)
        Optional<@Min(1) @Max(100_000) Integer> steps,

        @NotNull @JsonPropertyDescription("noise of ddim: 0 deterministic, 1 as ddpm" + ELSE)
        Optional<@DecimalMin("0") @DecimalMax("1") Double> eta,

        @NotNull @JsonPropertyDescription("classifier-free guidance" + ELSE)
        Optional<@Valid GuidanceChoice> guidance) {

    private static final String ELSE = "; absent: as the model's configuration has it";

    /** What is sampled by: the recipe's word where it has one, else the model's own. */
    public ModelSampling over(ModelSampling own) {
        Guidance guided = guidance.map(choice -> choice.over(own.guidance())).orElse(own.guidance());
        return new ModelSampling(method.orElse(own.method()), steps.orElse(own.steps()), eta.orElse(own.eta()), guided);
    }
}
