/**
 * The first stage of latent diffusion: the VQ autoencoder, parameters by their original names. Start with
 * {@link org.facemill.diffusion.vq.VqAutoencoder}. Imports lib/torch only.
 */
package org.facemill.diffusion.vq;
