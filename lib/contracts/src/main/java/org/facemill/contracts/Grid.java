package org.facemill.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How square tiles lie in one picture: row by row, {@code columns} a row, black cells after the last image. */
public record Grid(
        @Min(1) @Max(4096) @JsonPropertyDescription("side of a tile in pixels")
        int tileSize,

        @Min(1) @Max(1024) @JsonPropertyDescription("tiles in a row")
        int columns,

        @Min(1) @Max(4096) @JsonPropertyDescription("images in the grid; cells past them are padding")
        int count) {}
