package org.facemill.recognition.head;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMin;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/**
 * ArcFace (Deng et al., 2019): the margin is added to the angle. ADMIS: scale 64, margin 0.5, monotone.
 *
 * @param monotone whether the target goes on as a straight line where angle plus margin exceeds pi (TFace), or turns round
 *                 (IDiff-Face)
 */
public record ArcFace(
        @DecimalMin("0") @JsonPropertyDescription("factor on the cosines, s")
        double scale,

        @DecimalMin("0") @JsonPropertyDescription("m, in radians of the angle")
        double margin,

        @JsonPropertyDescription(
                "whether the target goes on as a straight line where angle plus margin exceeds pi (TFace), or turns round (IDiff-Face)")
        boolean monotone)
        implements MarginHead {

    @Override
    public String name() {
        return "arcface";
    }

    @Override
    public String description() {
        return "ArcFace (Deng et al., 2019): the margin is added to the angle";
    }

    @Override
    public Value withMargin(Layers layers, Cosines cosines) {
        return cosines.withTarget(monotone ? cosines.targetPlusMonotone(margin) : cosines.targetPlus(margin));
    }
}
