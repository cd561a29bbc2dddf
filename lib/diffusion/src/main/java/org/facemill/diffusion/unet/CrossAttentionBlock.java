package org.facemill.diffusion.unet;

import org.facemill.torch.Conv;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/**
 * Self-attention, cross-attention to the context and a feed-forward network, each residual and each after the same
 * normalisation {@code x_norm} (SpatialEmbeddingCrossAttentionBlock in models/diffusion/nn.py).
 */
final class CrossAttentionBlock {
    private final Layers layers;
    private final UNetConfig config;
    private final int channels;
    private final int inner;

    CrossAttentionBlock(Layers layers, UNetConfig config, int channels) {
        this.layers = layers;
        this.config = config;
        this.channels = channels;
        this.inner = config.heads(channels) * config.attention().headChannels();
    }

    /** [N,C,H,W] to the same; the context is [N, contextChannels]. */
    Value of(Value image, Value context) {
        Value x = layers.conv2d("x_proj_in", image, Conv.of(channels, inner, 1));
        Value normed = normed(x);
        x = x.add(Tokens.image(attention("self_attention").of(normed, inner, normed, inner), x));
        Value attended = attention("cross_attention")
                .of(normed(x), inner, contextTokens(context), config.context().channels());
        x = x.add(Tokens.image(attended, x));
        x = x.add(Tokens.image(feedForward(normed(x)), x));
        return layers.conv2d("x_proj_out", x, Conv.of(inner, channels, 1).startingAtZero())
                .add(image);
    }

    private MultiHeadAttention attention(String name) {
        return new MultiHeadAttention(
                layers.at(name), config.heads(channels), config.attention().headChannels());
    }

    private Value normed(Value x) {
        return Tokens.of(layers.groupNorm2d("x_norm", x, ResidualBlock.GROUPS, inner, ResidualBlock.EPSILON));
    }

    /** A context as attentionHeadChannels tokens of contextChannels each, normalised: [N, tokens, contextChannels]. */
    private Value contextTokens(Value context) {
        int width = config.context().channels();
        int tokens = config.attention().headChannels();
        Value c = layers.linear("c_proj_in", context, width, (long) width * tokens)
                .reshape(-1, width, tokens);
        return layers.groupNorm("c_norm", c, ResidualBlock.GROUPS, width, ResidualBlock.EPSILON)
                .transpose(1, 2)
                .contiguous();
    }

    private Value feedForward(Value tokens) {
        return layers.linear("ff.2", layers.linearGelu("ff.0", tokens, inner, 4L * inner), 4L * inner, inner);
    }
}
