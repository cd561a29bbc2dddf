/**
 * The sampler: identity contexts become raw blocks by latent diffusion.
 *
 * <p>Start at {@link org.facemill.sampler.BlockSampling}, the work; {@link org.facemill.sampler.ContextChannel} is its channel,
 * {@link org.facemill.sampler.LoadedModels} the networks. May import platform, diffusion, torch, images and contracts.
 */
package org.facemill.sampler;
