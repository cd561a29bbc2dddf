package org.facemill.recognition.head;

import org.facemill.tensor.DType;
import org.facemill.torch.Init;
import org.facemill.torch.Layers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/**
 * AdaFace (Kim et al., 2022): the margin adapts to the image's quality, for which the embedding's norm stands, relative to
 * a running mean and deviation of the norms (buffers {@code batch_mean} and {@code batch_std}). The paper: scale 64,
 * margin 0.4, concentration 0.333.
 *
 * @param concentration what the normalised norm is multiplied by before it is clipped to [-1,1] ("h")
 */
public record AdaFace(double scale, double margin, double concentration) implements MarginHead {

    private static final double EPSILON = 1e-3;
    private static final double MOMENTUM = 0.99;

    @Override
    public Value withMargin(Layers layers, Cosines cosines) {
        Value norms = cosines.norms().clamp(0.001, 100);
        Value mean = layers.buffer("batch_mean", DType.F32, Init.constant(20), 1);
        Value deviation = layers.buffer("batch_std", DType.F32, Init.constant(100), 1);
        Recorder recorder = layers.recorder();
        if (recorder.training()) {
            follow(recorder, mean, norms.mean());
            follow(recorder, deviation, recorder.op("torch.std", norms));
        }
        Value quality =
                norms.sub(mean).div(deviation.add(EPSILON)).mul(concentration).clamp(-1, 1);

        Value angle = cosines.target().clamp(-1 + EPSILON, 1 - EPSILON).acos();
        Value moved =
                angle.sub(quality.mul(margin)).clamp(EPSILON, Math.PI - EPSILON).cos();
        Value target = moved.sub(quality.mul(margin).add(margin));
        return cosines.right().where(target, cosines.all().clamp(-1 + EPSILON, 1 - EPSILON));
    }

    private static void follow(Recorder recorder, Value average, Value value) {
        recorder.effect("torch.mul_", average, MOMENTUM);
        recorder.effect("torch.add_", average, value.mul(1 - MOMENTUM));
    }
}
