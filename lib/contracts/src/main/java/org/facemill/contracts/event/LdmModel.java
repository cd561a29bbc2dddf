package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.recipe.Names;

/** A generator is trained; samplers can use it by its name. */
public record LdmModel(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("name of the training")
        String run,

        @NotNull @Pattern(regexp = Names.PATTERN) @JsonPropertyDescription("name of the generator: its folder in the models bucket")
        String model,

        @NotEmpty @JsonPropertyDescription("its files: configuration, weights, card")
        List<@Valid ObjectRef> files,

        @NotNull @Valid @JsonPropertyDescription("PNG of what it samples")
        ObjectRef samples,

        @Min(1) @JsonPropertyDescription("steps of the denoiser's training")
        long steps,

        @Min(0) @JsonPropertyDescription("mean loss of the last steps")
        double loss,

        @Min(0) @JsonPropertyDescription("seconds that the training took, since it was last taken up")
        double seconds)
        implements LdmEvent {

    public LdmModel {
        files = files == null ? null : List.copyOf(files);
    }
}
