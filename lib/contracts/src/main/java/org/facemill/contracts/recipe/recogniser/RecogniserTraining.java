package org.facemill.contracts.recipe.recogniser;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.registry.Chosen;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Variant;

/** How a face recogniser is trained, in runs, by command and by service. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RecogniserTraining(
        @NotNull @Chosen(Kind.BACKBONE) @JsonPropertyDescription("network")
        String backbone,

        @NotNull @JsonPropertyDescription(
                "probability before the network's last layer; absent: as the backbone's authors had it")
        Optional<@DecimalMin("0") @DecimalMax("1") Double> dropout,

        @NotNull @Chosen(Kind.MARGIN_HEAD) @JsonPropertyDescription("margin head with its parameters")
        Variant head,

        @Min(1) @Max(10_000) @JsonPropertyDescription("passes over the dataset, at most")
        int epochs,

        @Min(2) @Max(65_536) @JsonPropertyDescription("images per step; incomplete batches are left out")
        int batchSize,

        @NotNull @Chosen(Kind.RATE_SCHEDULE) @JsonPropertyDescription("learning rate by epoch")
        Variant schedule,

        @NotNull @Valid @JsonPropertyDescription("stochastic gradient descent, but for its rate")
        Optimizer optimizer,

        @NotNull @Valid @JsonPropertyDescription("random changes of training images, in this order")
        Augment augment,

        @NotNull @JsonPropertyDescription("arithmetic of the network; head, batch norm's parameters and optimizer are fp32")
        Precision precision,

        @NotNull @JsonPropertyDescription(
                "seed of initial weights, order, augmentation and dropout; absent: taken from the dataset's digest in a run, else 1")
        Optional<Long> seed) {

    /** This, with a seed if it has none of its own. */
    public RecogniserTraining orSeed(long other) {
        return new RecogniserTraining(
                backbone,
                dropout,
                head,
                epochs,
                batchSize,
                schedule,
                optimizer,
                augment,
                precision,
                seed.or(() -> Optional.of(other)));
    }

    /** Stochastic gradient descent; both original repositories use momentum 0.9 and weight decay 5e-4, on all parameters. */
    public record Optimizer(
            @DecimalMin("0") @DecimalMax("1") @JsonPropertyDescription("momentum of stochastic gradient descent")
            double momentum,

            @DecimalMin("0") @JsonPropertyDescription("L2 penalty")
            double weightDecay,

            @JsonPropertyDescription("whether it falls on batch norm and PReLU too")
            boolean decayNormalisation,

            @DecimalMin("0") @JsonPropertyDescription("largest norm of the gradients of backbone and head, each; 0 for no limit")
            double clipNorm) {}

    /** IDiff-Face: flip 0.5, RandAugment(4, 16); ADMIS: flip 0.5, crop 0.2. */
    public record Augment(
            @DecimalMin("0") @DecimalMax("1") @JsonPropertyDescription("probability of mirroring")
            double flip,

            @Min(0) @Max(100) @JsonPropertyDescription("operations of RandAugment per image; 0 for none")
            int operations,

            @Min(0) @Max(30) @JsonPropertyDescription("highest bin of RandAugment, of 31")
            int magnitude,

            @DecimalMin("0") @DecimalMax("1") @JsonPropertyDescription("probability of a random resized crop")
            double crop) {}
}
