package org.facemill.recognition.head;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMin;
import org.facemill.tensor.DType;
import org.facemill.torch.Init;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/**
 * CurricularFace (Huang et al., 2020): ArcFace, with the cosines of hard wrong classes weighted up as training goes on.
 * How far it has gone is the buffer {@code t}, a running mean of the target cosines.
 */
public record CurricularFace(
        @DecimalMin("0") @JsonPropertyDescription("factor on the cosines, s")
        double scale,

        @DecimalMin("0") @JsonPropertyDescription("m, in radians of the angle")
        double margin)
        implements MarginHead {

    @Override
    public String name() {
        return "curricularface";
    }

    @Override
    public String description() {
        return "CurricularFace (Huang et al., 2020): ArcFace with hard wrong classes weighted up as training goes on";
    }

    private static final double MOMENTUM = 0.9;

    @Override
    public Value withMargin(Layers layers, Cosines cosines) {
        Value progress = layers.buffer("t", DType.F32, Init.ZEROS, 1);
        if (layers.recorder().training()) {
            layers.recorder().effect("torch.mul_", progress, MOMENTUM);
            layers.recorder()
                    .effect(
                            "torch.add_",
                            progress,
                            cosines.target().detach().mean().mul(1 - MOMENTUM));
        }
        // hard: nearer than the target with its margin, even where the margin is not applied
        Value hard = cosines.all().gt(cosines.targetPlus(margin));
        Value weighted = hard.where(cosines.all().mul(cosines.all().add(progress)), cosines.all());
        return cosines.right().where(cosines.targetPlusMonotone(margin), weighted);
    }
}
