package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.facemill.contracts.registry.Chosen;
import org.facemill.contracts.registry.Kind;

/** How crops become a dataset. */
public record Packing(
        @NotEmpty @JsonPropertyDescription("formats in which the dataset is packed")
        List<@Chosen(Kind.DATASET_FORMAT) String> formats,

        @NotNull @JsonPropertyDescription(
                "numbers of identities at which a version v1, v2, ... is sealed, rising, each below N; the last version always holds N")
        List<@Min(1) Integer> versions,

        @Min(0) @Max(64) @JsonPropertyDescription("copies of each identity's first image added as ADMIS' ID oversampling does")
        int copies,

        @NotNull @JsonPropertyDescription("what these copies are: identical to the image, or each augmented at random")
        CopyKind copyKind) {

    public Packing {
        formats = formats == null ? null : List.copyOf(formats);
        versions = versions == null ? null : List.copyOf(versions);
    }
}
