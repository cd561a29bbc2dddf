package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/** What made an identity's images: enough to know on what the same bytes may be expected again. */
public record Origin(
        @NotBlank @JsonPropertyDescription("name of the sampler")
        String sampler,

        @NotNull @JsonPropertyDescription("generator model, empty where the sampler has none")
        String model,

        @NotNull @JsonPropertyDescription("SHA-256 over the model's files, empty where there is none")
        String modelSha256,

        @NotNull @JsonPropertyDescription(
                "class of device, threads and precision, such as cpu/2/fp32; empty where images do not depend on it")
        String device) {}
