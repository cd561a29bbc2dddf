package org.facemill.diffusion.model;

import org.facemill.contracts.recipe.generator.ContextNorm;
import org.facemill.contracts.recipe.generator.ModelSampling;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.diffusion.unet.UNetConfig;

/**
 * What a generator is, without its weights.
 *
 * @param imageSize edge of its images in pixels
 * @param latent    whether it works on an autoencoder's latents rather than on pixels
 * @param contextNorm length at which it takes contexts; unit, where its files say nothing
 * @param sampling  how it is meant to be sampled; as usual, where its files say nothing
 */
public record ModelConfig(
        UNetConfig unet,
        NoiseSchedule schedule,
        int imageSize,
        boolean latent,
        ContextNorm contextNorm,
        ModelSampling sampling) {}
