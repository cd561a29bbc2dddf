package org.facemill.recognition.head;

import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/**
 * ArcFace (Deng et al., 2019): the margin is added to the angle. ADMIS: scale 64, margin 0.5, monotone.
 *
 * @param monotone whether the target goes on as a straight line where angle plus margin exceeds pi (TFace), or turns round
 *                 (IDiff-Face)
 */
public record ArcFace(double scale, double margin, boolean monotone) implements MarginHead {

    @Override
    public Value withMargin(Layers layers, Cosines cosines) {
        return cosines.withTarget(monotone ? cosines.targetPlusMonotone(margin) : cosines.targetPlus(margin));
    }
}
