/**
 * The denoiser: IDiff-Face's conditional U-Net, one class per building block, parameters by their original names. Start with
 * {@link org.facemill.diffusion.unet.ConditionalUNet}. Imports lib/torch only.
 *
 * <p>In training the same network is recorded by a recorder in training mode, with a loss after it:
 * {@code new ConditionalUNet(new Layers(recorder), config).eps(x, steps, context, empty)}; dropout of the context's
 * components is then on.
 */
package org.facemill.diffusion.unet;
