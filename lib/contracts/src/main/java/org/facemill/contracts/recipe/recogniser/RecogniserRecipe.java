package org.facemill.contracts.recipe.recogniser;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** A recogniser's training with the files that it works on, as a recipe file holds it; {@link RecogniserRecipes} reads it. */
public record RecogniserRecipe(
        @NotNull @JsonPropertyDescription(
                "datasets of aligned faces in any format; several are mixed, each with classes of its own")
        List<@Valid Data> data,

        @NotNull @JsonPropertyDescription(
                "verification sets (lfw.bin and its like) whose mean accuracy is taken after each epoch")
        List<@NotBlank String> benchmarks,

        @Min(0) @JsonPropertyDescription(
                "last identities of the data kept out of training; where there are no benchmarks, they are verified")
        int holdout,

        @NotNull @Valid RecogniserTraining training) {

    /** One dataset. */
    public record Data(
            @NotBlank @JsonPropertyDescription("its folder; relative to the working directory")
            String path,

            @Min(1) @Max(1000) @JsonPropertyDescription("times that each of its images is seen in an epoch")
            int weight) {}

    public RecogniserRecipe {
        data = data == null ? null : List.copyOf(data);
        benchmarks = benchmarks == null ? null : List.copyOf(benchmarks);
    }

    /** This recipe on one other dataset. */
    public RecogniserRecipe on(String dataset) {
        return new RecogniserRecipe(List.of(new Data(dataset, 1)), benchmarks, holdout, training);
    }
}
