/**
 * Sampling: from noise to latents by repeated denoising. Imports the schedule and, for the noise, lib/contracts; knows no
 * network and no engine. Latents are float arrays of any layout, a batch of images at once; they are small beside what a
 * network does with them.
 *
 * <p>A {@link org.facemill.diffusion.sampler.Sampler} is one method of one paper. The network is behind
 * {@link org.facemill.diffusion.sampler.Denoiser}; guidance wraps a denoiser
 * ({@link org.facemill.diffusion.sampler.GuidedDenoiser}); random numbers come through
 * {@link org.facemill.diffusion.sampler.NoiseSource}; progress, inspection and cancellation through
 * {@link org.facemill.diffusion.sampler.StepListener}.
 */
package org.facemill.diffusion.sampler;
