package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.recipe.Names;

/** Work for the splitter: a grid of exactly M crops of 112x112 pixels. */
public record AlignedBlock(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @Min(0) @Max(4294967295L) @JsonPropertyDescription("number of the identity in its run, from 0")
        long ordinal,

        @Min(0) @JsonPropertyDescription("how often the identity was announced before")
        int attempt,

        @NotNull @Valid @JsonPropertyDescription("PNG of the grid of crops")
        ObjectRef block,

        @NotNull @Valid @JsonPropertyDescription("JSON: box, points, score and treatment of each image")
        ObjectRef details,

        @NotNull @Valid @JsonPropertyDescription("how crops lie in the grid")
        Grid grid,

        @NotNull @Valid @JsonPropertyDescription("what made the images")
        Origin origin)
        implements IdentityEvent {}
