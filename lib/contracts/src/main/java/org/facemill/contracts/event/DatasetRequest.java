package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.recipe.Names;

/** Work for the splitter: pack a version of the dataset. */
public record DatasetRequest(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @Min(1) @JsonPropertyDescription("version of the dataset, from 1")
        int version,

        @Min(1) @JsonPropertyDescription("identities in it") int identities,

        @NotNull @Valid @JsonPropertyDescription(
                "JSON list of its identities: ordinal, outcome and Crops event of each, sorted by ordinal")
        ObjectRef members,

        @NotNull @Valid @JsonPropertyDescription("the recipe")
        ObjectRef recipe)
        implements VersionEvent {}
