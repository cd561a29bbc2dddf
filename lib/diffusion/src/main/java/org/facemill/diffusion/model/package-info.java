/**
 * Generator models as folders: configuration, denoiser and autoencoder, loaded from original checkpoints or our own.
 * Start with {@link org.facemill.diffusion.model.GeneratorModel}. Imports the networks, the noise schedule, lib/torch and
 * lib/tensor-io.
 */
package org.facemill.diffusion.model;
