package org.facemill.diffusion.training;

import java.util.Optional;
import org.facemill.tensor.DType;

/**
 * How a denoiser is trained; the names in configurations are those of IDiff-Face's train_config.yaml.
 *
 * @param steps training steps in all
 * @param batch samples per step
 * @param learningRate by step
 * @param average what the averaged model keeps
 * @param contexts how contexts are treated
 * @param maxLossWeight errors at noise levels whose signal-to-noise ratio is below 1 weigh 1 / SNR, at most this: see
 *     {@link DenoiserLoss}; 1 is the original's loss
 * @param maxGradNorm gradients whose norm is larger are scaled down to it; absent, as in the original, none is
 * @param precision what the network computes in
 * @param seed of order, noise, steps and dropout
 */
public record DenoiserRecipe(
        long steps,
        int batch,
        WarmRestarts learningRate,
        EmaDecay average,
        ContextTraining contexts,
        double maxLossWeight,
        Optional<Double> maxGradNorm,
        DType precision,
        long seed) {

    /**
     * How contexts are treated in training.
     *
     * @param dropout part of the samples that take the empty context
     * @param permutation part of each batch whose contexts are exchanged among each other
     * @param scale factor on contexts while training, folded into the exported weights: a unit vector of n floats gives a
     *     signal that is seen from the first step on when it is scaled to length sqrt(n); 1 is the original's
     * @param regression whether the context's projection starts with the directions that show in the samples, by
     *     {@link ContextRegression}; with random ones, as the original's, if not
     */
    public record ContextTraining(double dropout, double permutation, double scale, boolean regression) {

        public ContextTraining {
            if (!(dropout >= 0 && dropout <= 1 && permutation >= 0 && permutation <= 1)) {
                throw new IllegalArgumentException("context_dropout " + dropout + ", context_permutation " + permutation
                        + ": expected numbers from 0 to 1");
            }
            if (!(scale > 0)) {
                throw new IllegalArgumentException("context_scale " + scale + ": expected a positive number");
            }
        }
    }

    public DenoiserRecipe {
        if (steps < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "steps " + steps + ", batch_size " + batch + ": expected numbers from 1 up");
        }
        if (!(maxLossWeight >= 1) || !(maxGradNorm.orElse(1.0) > 0)) {
            throw new IllegalArgumentException("max_loss_weight " + maxLossWeight + ", max_grad_norm "
                    + maxGradNorm.orElse(1.0) + ": expected a number from 1 up and a positive one");
        }
    }
}
