package org.facemill.contracts.recipe;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;

/** How the dataset and the recogniser trained on it are judged. */
public record Evaluating(
        @NotNull @Pattern(regexp = Names.PATTERN) @JsonPropertyDescription("recogniser that encodes the crops: reference, or a folder in the models bucket")
        String encoder,

        @NotNull @JsonPropertyDescription("verification sets in the benchmarks bucket, such as lfw for lfw.bin")
        List<@Pattern(regexp = Names.PATTERN) String> benchmarks) {

    public Evaluating {
        benchmarks = benchmarks == null ? null : List.copyOf(benchmarks);
    }
}
