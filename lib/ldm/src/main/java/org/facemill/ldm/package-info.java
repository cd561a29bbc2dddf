/**
 * A generator's whole training by a {@link org.facemill.contracts.recipe.generator.LdmRecipe}: pictures with contexts, autoencoder,
 * latents, denoiser, sample grids, the model folder with its card. The command and the service run the same
 * {@link org.facemill.ldm.LdmTraining}; start there.
 *
 * <p>Stands above diffusion, recognition and painter, of which it makes one thing, and below the services. May import those,
 * torch, images, tensor-io and contracts.
 */
package org.facemill.ldm;
