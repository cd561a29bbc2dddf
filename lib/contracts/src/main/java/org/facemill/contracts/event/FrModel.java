package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.recipe.Names;
import org.facemill.contracts.recipe.run.EvaluationPlan;

/** A recogniser is trained. */
public record FrModel(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @Min(1) @JsonPropertyDescription("version of the dataset, from 1")
        int version,

        @NotBlank @JsonPropertyDescription("its name: the folder in the models bucket")
        String model,

        @NotNull @Valid @JsonPropertyDescription("its weights, .safetensors")
        ObjectRef weights,

        @NotNull @JsonPropertyDescription("ordinals that were kept out of its training")
        List<@Min(0) Long> holdout,

        @NotNull @Valid @JsonPropertyDescription("JSON list of the dataset's identities")
        ObjectRef members,

        @Min(0) @JsonPropertyDescription("mean loss of the last epoch")
        double loss,

        @Min(0) @JsonPropertyDescription("seconds that the training took")
        double seconds,

        @NotNull @Valid @JsonPropertyDescription("how it is judged")
        EvaluationPlan evaluation)
        implements VersionEvent {

    public FrModel {
        holdout = holdout == null ? null : List.copyOf(holdout);
    }
}
