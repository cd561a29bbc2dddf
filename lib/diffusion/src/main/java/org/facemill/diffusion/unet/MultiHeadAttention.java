package org.facemill.diffusion.unet;

import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/**
 * Scaled dot-product attention of several heads, each a contiguous block of channels (MultiHeadAttention in
 * models/diffusion/nn.py; its convolutions of length 1 are linear layers on tokens, and are stored as convolutions).
 */
final class MultiHeadAttention {
    private final Layers layers;
    private final int heads;
    private final int headChannels;

    MultiHeadAttention(Layers layers, int heads, int headChannels) {
        this.layers = layers;
        this.heads = heads;
        this.headChannels = headChannels;
    }

    /** Queries [N,L,channels] over tokens [N or 1,M,tokenChannels], to [N,L,channels]. */
    Value of(Value queries, int channels, Value tokens, int tokenChannels) {
        int inner = heads * headChannels;
        Value q = split(layers.pointwise("to_q", queries, channels, inner));
        Value k = split(layers.pointwise("to_k", tokens, tokenChannels, inner)).expand(q.size(0), -1, -1, -1);
        Value v = split(layers.pointwise("to_v", tokens, tokenChannels, inner)).expand(q.size(0), -1, -1, -1);
        Value attended = layers.recorder().attention(q, k, v).transpose(1, 2).flatten(2);
        return layers.pointwise("proj_out", attended, inner, channels);
    }

    /** [N,L,heads*headChannels] to [N,heads,L,headChannels]. */
    private Value split(Value tokens) {
        return tokens.reshape(tokens.size(0), -1, heads, headChannels).transpose(1, 2);
    }
}
