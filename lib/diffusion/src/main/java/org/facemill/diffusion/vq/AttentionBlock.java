package org.facemill.diffusion.vq;

import org.facemill.torch.Conv;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/** Self-attention of one head over all positions (SelfAttentionBlock in models/autoencoder/modules.py). */
final class AttentionBlock {
    private AttentionBlock() {}

    /** [N,C,H,W] to the same. */
    static Value of(Layers layers, Value x, int channels) {
        Value h = ResnetBlock.norm(layers, "norm", x, channels);
        Conv conv = Conv.of(channels, channels, 1);
        Value q = tokens(layers.conv2d("q", h, conv));
        Value k = tokens(layers.conv2d("k", h, conv));
        Value v = tokens(layers.conv2d("v", h, conv));
        Value attended = layers.recorder().attention(q, k, v).squeeze(1).transpose(1, 2);
        return layers.conv2d("proj_out", attended.reshape(x.size(0), -1, x.size(2), x.size(3)), conv)
                .add(x);
    }

    /** [N,C,H,W] to [N,1,H*W,C]: one head. */
    private static Value tokens(Value image) {
        return image.flatten(2).transpose(1, 2).unsqueeze(1);
    }
}
