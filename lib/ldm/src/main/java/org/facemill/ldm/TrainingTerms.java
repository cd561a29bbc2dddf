package org.facemill.cli.ldm;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.facemill.cli.CommandException;
import org.facemill.diffusion.training.AutoencoderRecipe;
import org.facemill.diffusion.training.AutoencoderTraining;
import org.facemill.diffusion.training.AverageDecay;
import org.facemill.diffusion.training.DenoiserRecipe;
import org.facemill.diffusion.training.WarmRestarts;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.tensor.DType;

/**
 * A recipe of {@code train-ldm}: what a generator is trained on, and how. Keys in snake case, those of IDiff-Face where it has
 * them.
 *
 * @param seed of everything random
 * @param imageSize edge of the pictures in pixels
 * @param data training pictures with contexts
 * @param autoencoder the first stage
 * @param model the denoiser
 * @param training of the denoiser
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record LdmRecipe(long seed, int imageSize, Data data, Autoencoder autoencoder, Model model, Training training) {

    /** Painted faces, or a folder. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Data(Optional<Painted> painted, Optional<Folder> folder) {}

    /** Identities of lib/painter with so many images each. */
    public record Painted(int identities, int images, long seed) {}

    /** Pictures under a folder, and a file of vectors by the pictures' paths without suffix or by their folders' names. */
    public record Folder(Path images, Path contexts) {}

    /** The autoencoder's shape (latent-diffusion's names) and the phases of its training. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Autoencoder(int embedDim, int nEmbed, int ch, List<Integer> chMult, int numResBlocks, List<Phase> phases) {

        VqConfig config(int imageSize) {
            return new VqConfig(embedDim, nEmbed, embedDim, imageSize, 3, 3, ch, chMult, numResBlocks, List.of(), 0);
        }
    }

    /** Steps of one kind; the learning rate falls from {@code lr} to {@code lr_end}. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Phase(long steps, int batchSize, int crop, double lr, double lrEnd) {}

    /** The denoiser. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Model(int initialChannels, List<Integer> channelMultipliers, List<Boolean> isAttention, int attentionHeadChannels,
            int nBlocksPerResolution, String conditionType, int contextInputChannels, int contextChannels, boolean learnEmptyContext,
            double contextDropoutProbability) {

        UNetConfig config(int inputChannels) {
            return new UNetConfig(inputChannels, initialChannels, channelMultipliers, isAttention, -1, attentionHeadChannels,
                    nBlocksPerResolution, ConditionType.of(conditionType), contextInputChannels, contextChannels, true, 0,
                    learnEmptyContext, contextDropoutProbability);
        }
    }

    /**
     * How the denoiser is trained, see {@link DenoiserRecipe}; {@code T_kept}, the least noisy of {@code T} noise levels; {@code T_0}
     * steps to the first restart.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Training(@JsonProperty("T") int levels, @JsonProperty("T_kept") int keptLevels, long steps, int batchSize, double lr, @JsonProperty("T_0") long period,
            @JsonProperty("T_mult") int factor, AverageDecay ema, double contextDropout,
            double contextPermutation, double contextScale, Optional<Double> minSnr, double coarse, String precision, int stepsBetweenCheckpoints) {}

    /** Reads a recipe; an error names its place. */
    public static LdmRecipe read(Path file) throws IOException {
        YAMLMapper mapper = YAMLMapper.builder().findAndAddModules()
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();
        try {
            LdmRecipe recipe = mapper.readValue(Files.readString(file), LdmRecipe.class);
            if (recipe.data.painted.isPresent() == recipe.data.folder.isPresent()) {
                throw new CommandException(file + ": data wants either `painted` or `folder`");
            }
            return recipe;
        } catch (JsonMappingException e) {
            String place = e.getPath().stream().map(JsonMappingException.Reference::getFieldName).filter(Objects::nonNull)
                    .collect(Collectors.joining("."));
            throw new CommandException(file + ": `" + place + "`: " + e.getOriginalMessage() + "; models/demo/recipe.yaml shows every key", e);
        } catch (JsonProcessingException e) {
            throw new CommandException(file + " is no YAML: " + e.getOriginalMessage(), e);
        }
    }

    AutoencoderRecipe autoencoderRecipe() {
        List<AutoencoderRecipe.Phase> phases = autoencoder.phases.stream()
                .map(p -> new AutoencoderRecipe.Phase(p.steps, p.batchSize, p.crop, p.lr, p.lrEnd)).toList();
        return new AutoencoderRecipe(AutoencoderTraining.DEFAULT, phases, precision(), seed);
    }

    DenoiserRecipe denoiserRecipe() {
        return new DenoiserRecipe(training.steps, training.batchSize, new WarmRestarts(training.lr, training.period, training.factor),
                training.ema, training.contextDropout, training.contextPermutation, training.contextScale,
                new DenoiserRecipe.Loss(training.minSnr, training.coarse), precision(), seed);
    }

    DType precision() {
        return switch (training.precision) {
            case "fp32" -> DType.F32;
            case "bf16" -> DType.BF16;
            default -> throw new CommandException("precision: '" + training.precision + "' is neither fp32 nor bf16");
        };
    }
}
