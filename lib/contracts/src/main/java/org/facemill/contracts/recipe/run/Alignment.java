package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.facemill.contracts.recipe.Names;

/** How raw images become aligned crops; travels in every raw block. */
public record Alignment(
        @NotNull @Pattern(regexp = Names.PATTERN) @JsonPropertyDescription("name of the aligner: the suffix of the topic that it consumes")
        String aligner,

        @NotNull @JsonPropertyDescription("what happens where no face is found")
        FailurePolicy policy,

        @NotNull @JsonPropertyDescription("reference points of the 112x112 crop")
        Landmarks landmarks,

        @Min(1) @Max(4096) @JsonPropertyDescription("smallest face looked for, in pixels")
        int minFaceSize,

        @DecimalMin("0") @DecimalMax("1") @JsonPropertyDescription("replicated border around a tile before detection, as a share of its side")
        double border) {}
