package org.facemill.ldm;

import java.util.List;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.diffusion.training.AutoencoderLoss;
import org.facemill.diffusion.training.AutoencoderRecipe;
import org.facemill.diffusion.training.DenoiserRecipe;
import org.facemill.diffusion.training.EmaDecay;
import org.facemill.diffusion.training.WarmRestarts;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.torch.Torch;

/** What a recipe says, in the trainers' terms. */
final class TrainerConfigs {

    static final int COLOURS = 3;

    private TrainerConfigs() {}

    static VqConfig vq(LdmRecipe.Autoencoder shape, int imageSize) {
        return new VqConfig(
                shape.embedDim(),
                shape.nEmbed(),
                shape.embedDim(),
                imageSize,
                COLOURS,
                COLOURS,
                shape.ch(),
                shape.chMult(),
                shape.numResBlocks(),
                List.of(),
                0);
    }

    static AutoencoderRecipe autoencoder(LdmRecipe recipe, LdmRecipe.Autoencoder shape) {
        return autoencoder(recipe, shape.phases(), recipe.seed());
    }

    /** Of the decoder alone; pictures and squares other than those of the phases before. */
    static AutoencoderRecipe decoder(LdmRecipe recipe, List<LdmRecipe.Phase> phases) {
        return autoencoder(recipe, phases, recipe.seed() + 1);
    }

    private static AutoencoderRecipe autoencoder(LdmRecipe recipe, List<LdmRecipe.Phase> phases, long seed) {
        return new AutoencoderRecipe(
                AutoencoderLoss.DEFAULT,
                phases.stream()
                        .map(p -> new AutoencoderRecipe.Phase(p.steps(), p.batchSize(), p.crop(), p.lr(), p.lrEnd()))
                        .toList(),
                Torch.dtype(recipe.training().precision()),
                seed);
    }

    /** @param inputChannels of what it denoises */
    static UNetConfig unet(LdmRecipe.Model model, int inputChannels) {
        return new UNetConfig(
                inputChannels,
                model.initialChannels(),
                model.channelMultipliers(),
                model.nBlocksPerResolution(),
                new UNetConfig.Attention(model.isAttention(), -1, model.attentionHeadChannels()),
                ConditionType.of(model.conditionType()),
                new UNetConfig.ContextInput(
                        model.isContextConditional(),
                        model.contextInputChannels(),
                        model.contextChannels(),
                        0,
                        model.learnEmptyContext(),
                        model.contextDropoutProbability()));
    }

    static DenoiserRecipe denoiser(LdmRecipe recipe) {
        LdmRecipe.Training training = recipe.training();
        EmaDecay average = switch (training.ema()) {
            case INTENDED -> EmaDecay.INTENDED;
            case FAITHFUL -> EmaDecay.FAITHFUL;
        };
        return new DenoiserRecipe(
                training.steps(),
                training.batchSize(),
                new WarmRestarts(training.lr(), training.period(), training.factor()),
                average,
                new DenoiserRecipe.ContextTraining(
                        training.contextDropout(),
                        training.contextPermutation(),
                        training.contextScale(),
                        training.contextRegression()),
                training.maxLossWeight(),
                training.maxGradNorm(),
                Torch.dtype(recipe.training().precision()),
                recipe.seed());
    }

    /**
     * The least noisy part of the linear schedule. Its last levels differ in averages over the whole sample alone, which a
     * small network learns last; a sampler that starts below them starts from nearly the same distribution.
     */
    static NoiseSchedule schedule(LdmRecipe recipe) {
        NoiseSchedule whole = NoiseSchedule.linear(recipe.training().levels());
        float[] betas = new float[recipe.training().keptLevels()];
        for (int t = 0; t < betas.length; t++) {
            betas[t] = whole.beta(t);
        }
        return NoiseSchedule.ofBetas(betas);
    }
}
