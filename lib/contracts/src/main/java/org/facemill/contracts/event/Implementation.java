package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Which sampler or aligner did the work. */
public record Implementation(
        @NotBlank @JsonPropertyDescription("its name, as recipes give it")
        String name,

        @NotBlank @JsonPropertyDescription("version of its program")
        String version,

        @NotNull @Pattern(regexp = "|[0-9a-f]{64}") @JsonPropertyDescription(
                "SHA-256 of what else decides about its results, such as weights that come with it; empty where the version says all")
        String sha256) {}
