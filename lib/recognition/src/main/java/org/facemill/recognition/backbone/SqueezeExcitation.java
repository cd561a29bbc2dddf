package org.facemill.recognition.backbone;

import org.facemill.torch.Conv;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/** Squeeze-and-excitation (Hu et al., 2018): channels scaled by what the whole map holds. */
final class SqueezeExcitation {

    private static final int REDUCTION = 16;

    private SqueezeExcitation() {}

    /** [N,channels,H,W], same shape out. */
    static Value scale(Layers layers, Value x, int channels) {
        Value squeezed = x.adaptiveAvgPool2d(1, 1);
        Value hidden = layers.conv2d(
                        "fc1",
                        squeezed,
                        Conv.of(channels, channels / REDUCTION, 1).withoutBias())
                .relu();
        return x.mul(layers.conv2d(
                        "fc2",
                        hidden,
                        Conv.of(channels / REDUCTION, channels, 1).withoutBias())
                .sigmoid());
    }
}
