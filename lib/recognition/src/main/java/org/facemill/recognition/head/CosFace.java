package org.facemill.recognition.head;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMin;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/** CosFace (Wang et al., 2018): the margin is taken off the cosine. IDiff-Face: scale 64, margin 0.35. */
public record CosFace(
        @DecimalMin("0") @JsonPropertyDescription("factor on the cosines, s")
        double scale,

        @DecimalMin("0") @JsonPropertyDescription("m, of the cosine")
        double margin)
        implements MarginHead {

    @Override
    public String name() {
        return "cosface";
    }

    @Override
    public String description() {
        return "CosFace (Wang et al., 2018): the margin is taken off the cosine";
    }

    @Override
    public Value withMargin(Layers layers, Cosines cosines) {
        return cosines.withTarget(cosines.target().sub(margin));
    }
}
