package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.facemill.contracts.recipe.Names;
import org.facemill.contracts.recipe.generator.LdmRecipe;

/** A generator is to be trained. */
public record LdmJob(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("name of the training, which no run has")
        String run,

        @NotNull @Pattern(regexp = Names.PATTERN) @JsonPropertyDescription("name of the generator: its folder in the models bucket")
        String model,

        @NotNull @Valid @JsonPropertyDescription("data, networks and training; paths are bucket/prefix")
        LdmRecipe recipe)
        implements LdmEvent {}
