package org.facemill.diffusion.vq;

import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/** Block, attention, block at the lowest resolution. */
final class Middle {
    private Middle() {}

    static Value of(Layers layers, Value h, VqConfig config) {
        int channels = config.lowestChannels();
        h = ResnetBlock.of(layers.at("block_1"), h, channels, channels, config.dropout());
        h = AttentionBlock.of(layers.at("attn_1"), h, channels);
        return ResnetBlock.of(layers.at("block_2"), h, channels, channels, config.dropout());
    }
}
