package org.facemill.diffusion.vq;

import org.facemill.torch.Conv;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/** Images to features at the lowest resolution (VqEncoder in models/autoencoder/modules.py). */
final class VqEncoder {
    private final Layers layers;
    private final VqConfig config;

    VqEncoder(Layers layers, VqConfig config) {
        this.layers = layers;
        this.config = config;
    }

    /** [N,inChannels,H,W] to [N,zChannels,H/f,W/f]. */
    Value of(Value images) {
        Value h = layers.conv2d(
                "conv_in",
                images,
                Conv.of(config.inChannels(), config.channels(), 3).padding(1));
        int channels = config.channels();
        for (int level = 0; level < config.levels(); level++) {
            Layers down = layers.at("down").at(level);
            for (int i = 0; i < config.residualBlocks(); i++) {
                h = ResnetBlock.of(down.at("block").at(i), h, channels, config.channels(level), config.dropout());
                channels = config.channels(level);
                h = config.attends(level) ? AttentionBlock.of(down.at("attn").at(i), h, channels) : h;
            }
            if (level < config.levels() - 1) {
                // the original pads right and bottom only
                h = down.at("downsample")
                        .conv2d(
                                "conv",
                                h.pad(0, 1, 0, 1),
                                Conv.of(channels, channels, 3).stride(2));
            }
        }
        h = Middle.of(layers.at("mid"), h, config);
        return layers.conv2d(
                "conv_out",
                ResnetBlock.norm(layers, "norm_out", h, channels).silu(),
                Conv.of(channels, config.zChannels(), 3).padding(1));
    }
}
