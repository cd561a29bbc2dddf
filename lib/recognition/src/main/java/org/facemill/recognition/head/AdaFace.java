package org.facemill.recognition.head;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.facemill.tensor.DType;
import org.facemill.torch.Init;
import org.facemill.torch.Layers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/**
 * AdaFace (Kim et al., 2022, https://arxiv.org/abs/2204.00964): the margin adapts to the image's quality, for which the
 * embedding's norm stands. With z the norm, clipped to [0.001,100], and mu and sigma its running mean and deviation (buffers
 * {@code batch_mean} and {@code batch_std}), the quality is {@code q = clip((z - mu) / sigma * h, -1, 1)}, and the target's
 * logit is {@code s (cos(theta - m q) - (m q + m))}. As in the authors' code cosines stay 1e-3 off +-1, and
 * moved angles 1e-3 off 0 and pi.
 *
 * <p>The paper: scale 64, margin 0.4, concentration 0.333, tAlpha 0.99. IDiff-Face's copy: the same with tAlpha 1 and unit
 * norms, for it normalises embeddings before they reach the head: that is CosFace with margin 0.4.
 *
 * @param concentration what the normalised norm is multiplied by before it is clipped ("h")
 * @param tAlpha        weight of the batch's own statistics in the running ones, above 0 to 1: {@code mu = tAlpha * batch +
 *                      (1 - tAlpha) * mu}. The paper prints 0.99, its authors train with 0.01
 * @param unitNorms     whether all images count as of one quality, as they do where embeddings are normalised first
 */
public record AdaFace(
        @DecimalMin("0") @JsonPropertyDescription("factor on the cosines, s")
        double scale,

        @DecimalMin("0") @JsonPropertyDescription("m") double margin,

        @DecimalMin("0") @JsonPropertyDescription("factor on the normalised norm before it is clipped, h")
        double concentration,

        @DecimalMin("0") @DecimalMax("1") @JsonPropertyDescription("weight of a batch's statistics in the running ones, above 0")
        double tAlpha,

        @JsonPropertyDescription(
                "whether all images count as of one quality, as where embeddings are normalised first (IDiff-Face)")
        boolean unitNorms)
        implements MarginHead {

    @Override
    public String name() {
        return "adaface";
    }

    @Override
    public String description() {
        return "AdaFace (Kim et al., 2022): the margin adapts to the image's quality, for which the norm of its embedding stands";
    }

    private static final double EPSILON = 1e-3;

    public AdaFace {
        if (!(tAlpha > 0 && tAlpha <= 1)) {
            throw new IllegalArgumentException("adaface: t_alpha: " + tAlpha
                    + " given; it is the weight of a batch's statistics, above 0 and at most 1");
        }
    }

    /** Directions spread evenly, of about unit length. */
    @Override
    public Init kernel(int dimension) {
        return Init.uniform(Math.sqrt(3.0 / dimension));
    }

    @Override
    public Value withMargin(Layers layers, Cosines cosines) {
        Value shift = quality(layers, cosines).mul(margin);
        Value angle = cosines.target().clamp(-1 + EPSILON, 1 - EPSILON).acos();
        Value moved = angle.sub(shift).clamp(EPSILON, Math.PI - EPSILON).cos();
        Value target = moved.sub(shift.add(margin));
        return cosines.right().where(target, cosines.all().clamp(-1 + EPSILON, 1 - EPSILON));
    }

    /** -1 to 1, [N,1]. */
    private Value quality(Layers layers, Cosines cosines) {
        Recorder recorder = layers.recorder();
        Value norms = unitNorms
                ? recorder.op("torch.ones_like", cosines.norms())
                : cosines.norms().clamp(0.001, 100);
        Value mean = layers.buffer("batch_mean", DType.F32, Init.constant(20), 1);
        Value deviation = layers.buffer("batch_std", DType.F32, Init.constant(100), 1);
        if (recorder.training()) {
            follow(recorder, mean, norms.mean());
            follow(recorder, deviation, recorder.op("torch.std", norms));
        }
        return norms.sub(mean).div(deviation.add(EPSILON)).mul(concentration).clamp(-1, 1);
    }

    private void follow(Recorder recorder, Value average, Value value) {
        recorder.effect("torch.mul_", average, 1 - tAlpha);
        recorder.effect("torch.add_", average, value.mul(tAlpha));
    }
}
