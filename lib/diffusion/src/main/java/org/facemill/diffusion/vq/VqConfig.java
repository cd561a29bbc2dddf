package org.facemill.diffusion.vq;

import java.util.List;

/**
 * Configuration of the autoencoder, by the names of latent-diffusion's VQModelInterface.
 *
 * @param embedDim        channels of latents and of codebook entries
 * @param codes           entries of the codebook ({@code n_embed})
 * @param zChannels       channels between the convolutional parts and the 1x1 convolutions around the codebook
 * @param resolution      edge of the images for which {@code attnResolutions} are meant
 * @param inChannels      channels of images going in
 * @param outChannels     channels of images coming out ({@code out_ch})
 * @param channels        channels at full resolution ({@code ch}), a multiple of 32
 * @param multipliers     per level: its channels are {@code channels} times this ({@code ch_mult})
 * @param residualBlocks  per level on the way down; one more on the way up ({@code num_res_blocks})
 * @param attnResolutions edges at which every residual block is followed by attention
 * @param dropout         in residual blocks, in training
 */
public record VqConfig(
        int embedDim,
        int codes,
        int zChannels,
        int resolution,
        int inChannels,
        int outChannels,
        int channels,
        List<Integer> multipliers,
        int residualBlocks,
        List<Integer> attnResolutions,
        double dropout) {

    public VqConfig {
        multipliers = List.copyOf(multipliers);
        attnResolutions = List.copyOf(attnResolutions);
        if (multipliers.isEmpty() || multipliers.stream().anyMatch(m -> m < 1)) {
            throw new IllegalArgumentException(
                    "ch_mult: " + multipliers + " given, expected one number from 1 up per level");
        }
        if (channels < 32 || channels % 32 != 0) {
            throw new IllegalArgumentException("ch: " + channels + " given, expected a multiple of 32, for 32 groups");
        }
    }

    /** The published first stage: VQ-f4 with 8192 codes. */
    public static VqConfig published() {
        return new VqConfig(3, 8192, 3, 256, 3, 3, 128, List.of(1, 2, 4), 2, List.of(), 0);
    }

    /** Number of resolutions. */
    public int levels() {
        return multipliers.size();
    }

    /** By how much a latent's edge is smaller than the image's. */
    public int factor() {
        return 1 << (levels() - 1);
    }

    int channels(int level) {
        return channels * multipliers.get(level);
    }

    int lowestChannels() {
        return channels(levels() - 1);
    }

    boolean attends(int level) {
        return attnResolutions.contains(resolution >> level);
    }
}
