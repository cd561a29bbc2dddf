package org.facemill.diffusion.unet;

import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/** Self-attention over all positions of an image (SpatialSelfAttentionBlock in models/diffusion/nn.py). */
final class SelfAttentionBlock {
    private SelfAttentionBlock() {}

    /** [N,C,H,W] to the same. */
    static Value of(Layers layers, UNetConfig config, Value x, int channels) {
        Value tokens = Tokens.of(layers.groupNorm2d("norm", x, ResidualBlock.GROUPS, channels, ResidualBlock.EPSILON));
        Value attended = new MultiHeadAttention(
                        layers.at("attention"),
                        config.heads(channels),
                        config.attention().headChannels())
                .of(tokens, channels, tokens, channels);
        return Tokens.image(attended, x).add(x);
    }
}
