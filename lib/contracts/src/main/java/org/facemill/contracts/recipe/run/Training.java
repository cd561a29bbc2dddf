package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.recogniser.Augmentation;

/** The face recogniser trained on each sealed version of the dataset. */
public record Training(
        @JsonPropertyDescription("whether a recogniser is trained at all")
        boolean enabled,

        @NotNull @Pattern(regexp = Training.BACKBONES) @JsonPropertyDescription("network")
        String backbone,

        @NotNull @Pattern(regexp = Training.HEADS) @JsonPropertyDescription("margin head")
        String head,

        @DecimalMin("0") @JsonPropertyDescription("scale s of the head")
        double scale,

        @DecimalMin("0") @JsonPropertyDescription("margin m of the head")
        double margin,

        @Min(1) @Max(10_000) @JsonPropertyDescription("passes over the dataset")
        int epochs,

        @Min(2) @Max(65_536) @JsonPropertyDescription("images per step")
        int batchSize,

        @DecimalMin("0") @JsonPropertyDescription("learning rate at the start")
        double learningRate,

        @NotNull @JsonPropertyDescription("epochs, counted from 0, at which the rate falls to a tenth")
        List<@Min(1) Integer> milestones,

        @DecimalMin("0") @JsonPropertyDescription("momentum of SGD")
        double momentum,

        @DecimalMin("0") @JsonPropertyDescription("weight decay of SGD, on every parameter")
        double weightDecay,

        @NotNull @JsonPropertyDescription("arithmetic of the network; weights and optimizer are fp32")
        Precision precision,

        @NotNull @JsonPropertyDescription("augmentation of training images")
        Augmentation augmentation,

        @Min(0) @JsonPropertyDescription("identities of highest ordinal kept out of training, for verification of the result")
        int holdout) {

    /** Regular expression of the backbones' names. */
    public static final String BACKBONES = "iresnet-slim|iresnet(18|34|50|100)|ir(18|34|50|101)|ir101-curricularface";
    /** Regular expression of the heads' names. */
    public static final String HEADS = "cosface|arcface|elasticface-arc|elasticface-cos|curricularface|adaface";

    public Training {
        milestones = milestones == null ? null : List.copyOf(milestones);
    }
}
