package org.facemill.diffusion.vq;

import org.facemill.torch.Conv;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/** Features at the lowest resolution to images (VqDecoder in models/autoencoder/modules.py). */
final class VqDecoder {
    private final Layers layers;
    private final VqConfig config;

    VqDecoder(Layers layers, VqConfig config) {
        this.layers = layers;
        this.config = config;
    }

    /** [N,zChannels,h,w] to [N,outChannels,h*f,w*f]. */
    Value of(Value z) {
        int channels = config.lowestChannels();
        Value h = layers.conv2d(
                "conv_in", z, Conv.of(config.zChannels(), channels, 3).padding(1));
        h = Middle.of(layers.at("mid"), h, config);
        for (int level = config.levels() - 1; level >= 0; level--) {
            Layers up = layers.at("up").at(level);
            for (int i = 0; i <= config.residualBlocks(); i++) {
                h = ResnetBlock.of(up.at("block").at(i), h, channels, config.channels(level), config.dropout());
                channels = config.channels(level);
                h = config.attends(level) ? AttentionBlock.of(up.at("attn").at(i), h, channels) : h;
            }
            if (level > 0) {
                h = up.at("upsample")
                        .conv2d(
                                "conv",
                                h.upsampleNearest(2),
                                Conv.of(channels, channels, 3).padding(1));
            }
        }
        return layers.conv2d(
                "conv_out",
                ResnetBlock.norm(layers, "norm_out", h, channels).silu(),
                Conv.of(channels, config.outChannels(), 3).padding(1));
    }
}
