package org.facemill.recognition.head;

import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/** CosFace (Wang et al., 2018): the margin is taken off the cosine. IDiff-Face: scale 64, margin 0.35. */
public record CosFace(double scale, double margin) implements MarginHead {

    @Override
    public Value withMargin(Layers layers, Cosines cosines) {
        return cosines.withTarget(cosines.target().sub(margin));
    }
}
