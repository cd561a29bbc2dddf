package org.facemill.diffusion.vq;

import org.facemill.torch.Conv;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/** Two convolutions with a shortcut (ResnetBlock in models/autoencoder/modules.py). */
final class ResnetBlock {
    private static final int GROUPS = 32;
    private static final double EPSILON = 1e-6;

    private ResnetBlock() {}

    /** [N,in,H,W] to [N,out,H,W]. */
    static Value of(Layers layers, Value x, int in, int out, double dropout) {
        Value h = layers.conv2d(
                "conv1",
                norm(layers, "norm1", x, in).silu(),
                Conv.of(in, out, 3).padding(1));
        h = layers.dropout(norm(layers, "norm2", h, out).silu(), dropout);
        h = layers.conv2d("conv2", h, Conv.of(out, out, 3).padding(1));
        return h.add(in == out ? x : layers.conv2d("nin_shortcut", x, Conv.of(in, out, 1)));
    }

    static Value norm(Layers layers, String name, Value x, int channels) {
        return layers.groupNorm2d(name, x, GROUPS, channels, EPSILON);
    }
}
