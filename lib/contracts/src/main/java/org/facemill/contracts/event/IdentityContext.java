package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.facemill.contracts.recipe.Alignment;
import org.facemill.contracts.recipe.Names;
import org.facemill.contracts.recipe.Sampling;

/** Work for a sampler: make images of one identity. All noise comes from seed, ordinal, image number and step. */
public record IdentityContext(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @Min(0) @Max(4294967295L) @JsonPropertyDescription("number of the identity in its run, from 0")
        long ordinal,

        @Min(0) @JsonPropertyDescription("how often the identity was announced before")
        int attempt,

        @JsonPropertyDescription("seed of all noise of the run")
        long seed,

        @NotNull @Size(min = 512, max = 512) @JsonPropertyDescription("the identity: a unit vector of 512 numbers")
        float[] context,

        @Min(1) @Max(1024) @JsonPropertyDescription("images wanted in the dataset (M); the sampler makes M + sampling.spare")
        int images,

        @NotNull @Valid @JsonPropertyDescription("how the images are made")
        Sampling sampling,

        @NotNull @Valid @JsonPropertyDescription("section for the stage after")
        Alignment alignment,

        @NotNull @Pattern(regexp = "facemill\\.[A-Za-z0-9._-]+") @JsonPropertyDescription("topic for the raw block")
        String nextTopic)
        implements IdentityEvent {}
