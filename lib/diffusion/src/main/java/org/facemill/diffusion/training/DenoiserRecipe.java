package org.facemill.diffusion.training;

import org.facemill.tensor.DType;

/**
 * How a denoiser is trained; the names in configurations are those of IDiff-Face's train_config.yaml.
 *
 * @param steps training steps in all
 * @param batch samples per step
 * @param learningRate by step
 * @param average what the averaged model keeps
 * @param contextDropout part of the samples that take the empty context
 * @param contextPermutation part of each batch whose contexts are exchanged among each other
 * @param coarse weight of the loss's coarse scales, see {@link DenoiserTraining}; 0 is the original's loss
 * @param precision what the network computes in
 * @param seed of order, noise, steps and dropout
 */
public record DenoiserRecipe(long steps, int batch, WarmRestarts learningRate, AverageDecay average,
        double contextDropout, double contextPermutation, double coarse, DType precision, long seed) {

    public DenoiserRecipe {
        if (steps < 1 || batch < 1) {
            throw new IllegalArgumentException("steps " + steps + ", batch_size " + batch + ": expected numbers from 1 up");
        }
        if (!(contextDropout >= 0 && contextDropout <= 1 && contextPermutation >= 0 && contextPermutation <= 1)) {
            throw new IllegalArgumentException("context_dropout " + contextDropout + ", context_permutation "
                    + contextPermutation + ": expected numbers from 0 to 1");
        }
    }
}
