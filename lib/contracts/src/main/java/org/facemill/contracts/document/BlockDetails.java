package org.facemill.contracts.document;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.Origin;

/** What lies beside a raw block, as its commit mark: enough to announce it again. A sampler may add fields of its own. */
public record BlockDetails(
        @NotNull @Valid @JsonPropertyDescription("PNG of the grid")
        ObjectRef block,

        @NotNull @Valid @JsonPropertyDescription("how images lie in it")
        Grid grid,

        @NotNull @Valid @JsonPropertyDescription("who made the images, and how")
        Origin origin) {

    public static final String SCHEMA = "block-details.v1";
}
