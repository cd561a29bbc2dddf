package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.facemill.contracts.recipe.recogniser.RecogniserTraining;

/** The face recogniser that is trained on each sealed version of the dataset. */
public record TrainingPlan(
        @JsonPropertyDescription("whether a recogniser is trained at all")
        boolean enabled,

        @Min(0) @JsonPropertyDescription("identities of highest ordinal kept out of training, for verification of the result")
        int holdout,

        @NotNull @JsonUnwrapped RecogniserTraining recogniser) {}
