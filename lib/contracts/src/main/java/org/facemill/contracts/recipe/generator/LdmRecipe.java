package org.facemill.contracts.recipe.generator;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.recipe.Precision;

/**
 * What a generator is trained on, and how. Keys in snake case: those of IDiff-Face and latent-diffusion where they have them.
 * {@link LdmRecipes} reads what a user wrote.
 */
public record LdmRecipe(
        @JsonPropertyDescription("seed of weights, order, noise and dropout")
        long seed,

        @Min(8) @Max(4096) @JsonPropertyDescription("edge of the pictures in pixels")
        int imageSize,

        @JsonPropertyDescription("true: the denoiser works on an autoencoder's latents; false: on pixels")
        boolean latent,

        @NotNull @Valid Data data,

        @NotNull @JsonPropertyDescription("the first stage that is trained, where the denoiser works on latents")
        Optional<@Valid Autoencoder> autoencoder,

        @NotNull @JsonPropertyDescription(
                "in its place, a folder with one that is trained already, as latent-diffusion publishes it")
        Optional<String> firstStage,

        @NotNull @Valid Model model,
        @NotNull @Valid Training training,

        @NotNull @Valid @JsonPropertyDescription("how the model is meant to be sampled; goes into its configuration")
        ModelSampling sampling) {

    /** Training pictures with the contexts of those whom they show: painted, or from a folder. */
    public record Data(
            @NotNull Optional<@Valid Painted> painted,
            @NotNull Optional<@Valid Folder> folder,

            @JsonPropertyDescription("every picture also mirrored, with the same context; an epoch is twice as long")
            boolean horizontalFlip,

            @NotBlank @JsonPropertyDescription("licence of the pictures, for the model card")
            String licence) {}

    /** Faces of the parametric painter, whose contexts are unit vectors. */
    public record Painted(
            @Min(1) @JsonPropertyDescription("how many identities")
            int identities,

            @Min(1) @JsonPropertyDescription("pictures of each")
            int images,

            @JsonPropertyDescription("another seed, other people")
            long seed) {}

    /** Pictures (.png, .jpg) below a folder: a path for the command, {@code bucket/prefix} for the service. */
    public record Folder(
            @NotBlank @JsonPropertyDescription("folder of the pictures")
            String images,

            @NotNull @JsonPropertyDescription(
                    "one file of vectors by the pictures' paths without suffix, by their names or by their "
                            + "folders' names; or a folder with a .npy for each picture")
            Optional<String> contexts,

            @NotNull @JsonPropertyDescription(
                    "in place of contexts, the recogniser that embeds the pictures, resized to 112x112: "
                            + "reference, or a model's folder")
            Optional<String> encoder,

            @NotNull @JsonPropertyDescription(
                    "where contexts is one array of rows without names: the file that names the picture of each row, one a "
                            + "line, or a pickled list; absent: beside the array a .txt of its name, or image_names.pkl, if there is one")
            Optional<String> names,

            @NotNull @JsonPropertyDescription(
                    "in place of names, the order of the pictures' paths that the rows follow: natural, 2 before 10, as "
                            + "facemill embed writes; text, 10 before 2, as Python's sorted() has it")
            Optional<RowOrder> rowOrder) {}

    /** The VQ autoencoder's shape, by latent-diffusion's names, and the phases of its training. */
    public record Autoencoder(
            @Min(1) @JsonPropertyDescription("channels of a latent")
            int embedDim,

            @Min(2) @JsonPropertyDescription("entries of the codebook")
            int nEmbed,

            @Min(32) @JsonPropertyDescription("channels at full resolution, a multiple of 32")
            int ch,

            @NotEmpty @JsonPropertyDescription("factor on the channels per level; each level halves the edge")
            List<@Min(1) Integer> chMult,

            @Min(0) @JsonPropertyDescription("residual blocks per level")
            int numResBlocks,

            @NotEmpty @JsonPropertyDescription("phases of its training, one after the other")
            List<@Valid Phase> phases,

            @NotNull @JsonPropertyDescription(
                    "phases in which the decoder goes on alone: pictures get better and the latents stay")
            Optional<List<@Valid Phase>> decoderPhases) {}

    /** Steps of one kind; the learning rate falls from {@code lr} to {@code lr_end} by the same factor each step. */
    public record Phase(
            @Min(1) @JsonPropertyDescription("training steps of the phase")
            long steps,

            @Min(1) @JsonPropertyDescription("pictures per step")
            int batchSize,

            @Min(8) @JsonPropertyDescription("edge of the square that is cut from each picture")
            int crop,

            @DecimalMin("0") @JsonPropertyDescription("learning rate at the phase's start")
            double lr,

            @DecimalMin("0") @JsonPropertyDescription("learning rate at its end; in between it falls by the same factor each step")
            double lrEnd) {}

    /** The denoiser: IDiff-Face's conditional U-Net. */
    public record Model(
            @Min(32) @JsonPropertyDescription("channels at full resolution, a multiple of 32")
            int initialChannels,

            @NotEmpty @JsonPropertyDescription("per level: factor on the previous level's channels")
            List<@Min(1) Integer> channelMultipliers,

            @NotEmpty @JsonPropertyDescription("per level: whether residual blocks are followed by attention")
            List<Boolean> isAttention,

            @Min(1) @JsonPropertyDescription("channels of an attention head")
            int attentionHeadChannels,

            @Min(1) @JsonPropertyDescription("residual blocks per level on the way down; one more on the way up")
            int nBlocksPerResolution,

            @NotNull @Pattern(regexp = "AddPlusGN|AdaGN|DiffAE|CA") @JsonPropertyDescription(
                    "how time and context enter: added (AddPlusGN), scaling and shifting (AdaGN), context multiplying (DiffAE), by cross-attention (CA)")
            String conditionType,

            @JsonPropertyDescription("false: the generator takes no contexts, those of the data are passed over")
            boolean isContextConditional,

            @Min(1) @JsonPropertyDescription("length of a context")
            int contextInputChannels,

            @NotNull @JsonPropertyDescription("length at which contexts are taken, in training and sampling: unit or as_written")
            ContextNorm contextNorm,

            @Min(1) @JsonPropertyDescription("length of the projected context")
            int contextChannels,

            @JsonPropertyDescription("whether the empty context is learnt; else it is zeros")
            boolean learnEmptyContext,

            @DecimalMin("0") @DecimalMax("1") @JsonPropertyDescription("dropout of the projected context's components")
            double contextDropoutProbability) {}

    /** How the denoiser is trained. */
    public record Training(
            @JsonProperty("T") @Min(2) @JsonPropertyDescription("noise levels of the linear schedule")
            int levels,

            @JsonProperty("T_kept") @Min(2) @JsonPropertyDescription("the least noisy of them, which are used")
            int keptLevels,

            @Min(1) @JsonPropertyDescription("training steps")
            long steps,

            @Min(1) @JsonPropertyDescription("samples per step")
            int batchSize,

            @DecimalMin("0") @JsonPropertyDescription("learning rate at each start of its cosine")
            double lr,

            @JsonProperty("T_0") @Min(1) @JsonPropertyDescription("steps to the first restart of the learning rate")
            long period,

            @JsonProperty("T_mult")
            @Min(1) @JsonPropertyDescription("factor by which each cycle is longer than the one before")
            int factor,

            @NotNull @JsonPropertyDescription(
                    "intended: the average of the weights; faithful: as IDiff-Face's, which is the last weights")
            Averaging ema,

            @DecimalMin("0") @DecimalMax("1") @JsonPropertyDescription("part of the samples that take the empty context")
            double contextDropout,

            @DecimalMin("0") @DecimalMax("1") @JsonPropertyDescription("part of each batch whose contexts change places")
            double contextPermutation,

            @DecimalMin("0") @JsonPropertyDescription("factor on contexts while training, folded into the weights at the end")
            double contextScale,

            @JsonPropertyDescription(
                    "true: the context's projection starts with the directions that show in the samples, by linear "
                            + "regression; false: with random ones")
            boolean contextRegression,

            @DecimalMin("1") @JsonPropertyDescription(
                    "errors at noise levels whose signal-to-noise ratio is below 1 weigh 1 / SNR, at most this")
            double maxLossWeight,

            @NotNull @JsonPropertyDescription("gradients whose norm is larger are scaled down to it; absent: none is")
            Optional<Double> maxGradNorm,

            @NotNull @JsonPropertyDescription(
                    "arithmetic of the networks; weights and optimizer are fp32, and bf16 has its range, so no loss is scaled")
            Precision precision,

            @Min(1) @JsonPropertyDescription("steps after which the state is stored")
            int stepsBetweenCheckpoints,

            @Min(0) @JsonPropertyDescription("0: a sample grid at the end alone")
            int stepsBetweenSampling) {}
}
