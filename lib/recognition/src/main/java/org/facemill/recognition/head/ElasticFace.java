package org.facemill.recognition.head;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMin;
import org.facemill.torch.Layers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/**
 * ElasticFace (Boutros et al., 2022): each image draws its margin from a normal distribution. ElasticFace-Arc: margin 0.5,
 * deviation 0.0125 (plus: 0.0175); ElasticFace-Cos: 0.35, 0.0125 (plus: 0.025).
 *
 * @param angular whether the margin is added to the angle (Arc) or taken off the cosine (Cos)
 * @param plus    whether the drawn margins are handed out by the order of the cosines (the "+" variants)
 */
public record ElasticFace(
        @DecimalMin("0") @JsonPropertyDescription("factor on the cosines, s")
        double scale,

        @DecimalMin("0") @JsonPropertyDescription("mean of the margins")
        double margin,

        @DecimalMin("0") @JsonPropertyDescription("standard deviation of the margins")
        double deviation,

        @JsonPropertyDescription(
                "whether the margin is added to the angle (ElasticFace-Arc) or taken off the cosine (ElasticFace-Cos)")
        boolean angular,

        @JsonPropertyDescription("whether margins are handed out by the order of the cosines (the plus variants)")
        boolean plus)
        implements MarginHead {

    @Override
    public String name() {
        return "elasticface";
    }

    @Override
    public String description() {
        return "ElasticFace (Boutros et al., 2022): each image draws its margin from a normal distribution";
    }

    @Override
    public Value withMargin(Layers layers, Cosines cosines) {
        Recorder recorder = layers.recorder();
        Value drawn = recorder.op(
                "torch.randn",
                recorder.op("torch.size", cosines.target()),
                Recorder.named("generator", recorder.generator()));
        return withMargins(recorder, cosines, drawn.mul(deviation).add(margin));
    }

    /** With the margins drawn before, [N,1]. */
    Value withMargins(Recorder recorder, Cosines cosines, Value drawn) {
        Value margins = plus ? ordered(recorder, cosines, drawn) : drawn;
        return cosines.withTarget(
                angular ? cosines.targetPlus(margins) : cosines.target().sub(margins));
    }

    /** The i-th image gets the sorted margin at the index of the i-th largest cosine, as the original hands them out. */
    private static Value ordered(Recorder recorder, Cosines cosines, Value drawn) {
        boolean descending = true;
        Value order = recorder.op("torch.argsort", cosines.target().detach(), 0, descending);
        Value smallestFirst = recorder.op("torch.argsort", drawn, 0);
        return drawn.gather(0, smallestFirst).gather(0, order);
    }
}
