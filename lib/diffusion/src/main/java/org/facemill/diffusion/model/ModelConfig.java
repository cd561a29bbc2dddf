package org.facemill.diffusion.model;

import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.diffusion.unet.UNetConfig;

/**
 * What a generator is, without its weights.
 *
 * @param imageSize edge of its images in pixels
 * @param latent    whether it works on an autoencoder's latents rather than on pixels
 * @param guidance  scale of classifier-free guidance that it is meant to be sampled with; 1, none, where its files say nothing
 * @param guidanceBelow step t of the schedule below which it is guided; all, where its files say nothing
 */
public record ModelConfig(UNetConfig unet, NoiseSchedule schedule, int imageSize, boolean latent, double guidance, int guidanceBelow) {
}
