package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.facemill.contracts.recipe.Names;

/** How far the training of a recogniser is. */
public record FrProgress(
        @NotNull @Pattern(regexp = Names.RUN_PATTERN) @JsonPropertyDescription("the run")
        String run,

        @Min(1) @JsonPropertyDescription("version of the dataset, from 1")
        int version,

        @NotBlank @JsonPropertyDescription("the recogniser's name")
        String model,

        @Min(0) @JsonPropertyDescription("epoch, from 0") int epoch,

        @Min(0) @JsonPropertyDescription("steps done, all epochs together")
        long step,

        @Min(1) @JsonPropertyDescription("steps to do, all epochs together")
        long steps,

        @JsonPropertyDescription("mean loss since the last event")
        double loss,

        @JsonPropertyDescription("learning rate of the last step")
        double learningRate,

        @Min(0) @JsonPropertyDescription("images per second since the last event")
        double imagesPerSecond,

        @Min(0) @JsonPropertyDescription("share of the training's time in which the network waited for images, 0 to 1")
        double waiting,

        @Min(0) @JsonPropertyDescription("estimated seconds to the end")
        double secondsLeft)
        implements VersionEvent {

    @Override
    @JsonIgnore
    public String discriminator() {
        return "v" + version + "/" + step;
    }
}
