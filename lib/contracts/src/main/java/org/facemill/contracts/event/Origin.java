package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.facemill.contracts.recipe.generator.ModelSampling;

/**
 * Who made an identity's images, and how: enough to know where the same bytes may be expected again. The sampler writes it,
 * the aligner adds itself.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Origin(
        @NotNull @Valid @JsonPropertyDescription("the sampler")
        Implementation sampler,

        @NotNull @JsonPropertyDescription("generator model; empty where the sampler has none")
        String model,

        @NotNull @Pattern(regexp = "|[0-9a-f]{64}") @JsonPropertyDescription("SHA-256 over the model's files; empty where there is none")
        String modelSha256,

        @NotNull @JsonPropertyDescription(
                "class of device, threads and precision, such as cpu/2/fp32; empty where images do not depend on it")
        String device,

        @NotNull @JsonPropertyDescription("how the model was sampled in fact; absent for a sampler without a model")
        Optional<@Valid ModelSampling> sampling,

        @NotNull @JsonPropertyDescription("the aligner; absent until the images are aligned")
        Optional<@Valid Implementation> aligner) {

    /** The origin of a sampler that needs no model, and whose images depend on no device. */
    public static Origin of(Implementation sampler) {
        return new Origin(sampler, "", "", "", Optional.empty(), Optional.empty());
    }

    /** This, aligned. */
    public Origin alignedBy(Implementation newAligner) {
        return new Origin(sampler, model, modelSha256, device, sampling, Optional.of(newAligner));
    }
}
