package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.facemill.contracts.recipe.Names;

/** How the dataset and the recogniser trained on it are judged. */
public record EvaluationPlan(
        @NotNull @Pattern(regexp = Names.PATTERN) @JsonPropertyDescription("recogniser that encodes the crops: reference, or a folder in the models bucket")
        String encoder,

        @NotNull @JsonPropertyDescription("verification sets in the benchmarks bucket, such as lfw for lfw.bin")
        List<@Pattern(regexp = Names.PATTERN) String> benchmarks) {

    public EvaluationPlan {
        benchmarks = benchmarks == null ? null : List.copyOf(benchmarks);
    }
}
