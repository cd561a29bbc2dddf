package org.facemill.diffusion.unet;

import org.facemill.tensor.DType;
import org.facemill.torch.Layers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/** Sinusoidal embedding of the time step, then two linear layers (SinusoidalTimeEmbedding in models/diffusion/unet.py). */
final class TimeEmbedding {
    private static final double MAX_PERIOD = 10_000;

    private TimeEmbedding() {}

    /** Steps [N] to [N, channels]. */
    static Value of(Layers layers, Value steps, int channels) {
        Recorder recorder = layers.recorder();
        int half = channels / 8;
        Value frequencies =
                recorder.range(half, steps).mul(-Math.log(MAX_PERIOD)).div(half).exp();
        Value angles = steps.to(DType.F32).unsqueeze(1).mul(frequencies);
        Value waves = recorder.cat(1, angles.cos(), angles.sin()).to(layers.dtype());
        return layers.linear(
                "lin2", layers.linear("lin1", waves, channels / 4, channels).silu(), channels, channels);
    }
}
