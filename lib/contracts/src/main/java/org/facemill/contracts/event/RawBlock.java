package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.recipe.Alignment;
import org.facemill.contracts.recipe.Names;

/** Work for an aligner: a grid of images of one identity, as sampled. */
public record RawBlock(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @Min(0) @Max(4294967295L) @JsonPropertyDescription("number of the identity in its run, from 0")
        long ordinal,

        @Min(0) @JsonPropertyDescription("how often the identity was announced before")
        int attempt,

        @NotNull @Valid @JsonPropertyDescription("PNG of the grid")
        ObjectRef block,

        @NotNull @Valid @JsonPropertyDescription("how images lie in it")
        Grid grid,

        @Min(1) @Max(1024) @JsonPropertyDescription("images wanted in the dataset (M), of the grid.count that there are")
        int images,

        @NotNull @Valid @JsonPropertyDescription("how the images are aligned")
        Alignment alignment,

        @NotNull @Valid @JsonPropertyDescription("what made the images")
        Origin origin,

        @NotNull @Pattern(regexp = "facemill\\.[A-Za-z0-9._-]+") @JsonPropertyDescription("topic for the aligned block")
        String nextTopic)
        implements IdentityEvent {}
