/**
 * Training of the generator: autoencoder first, then the denoiser on its latents. Each step is one recorded graph
 * ({@link org.facemill.diffusion.training.AutoencoderLoss}, {@link org.facemill.diffusion.training.DenoiserLoss});
 * {@link org.facemill.diffusion.training.DenoiserTrainer} runs the second, cut and resumed at will;
 * {@link org.facemill.diffusion.training.ModelExport} writes the model folder. Imports the networks, the noise schedule,
 * lib/torch, lib/tensor-io and lib/contracts' noise.
 */
package org.facemill.diffusion.training;
