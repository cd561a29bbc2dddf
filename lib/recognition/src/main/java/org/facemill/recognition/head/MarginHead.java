package org.facemill.recognition.head;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.facemill.torch.Init;
import org.facemill.torch.Layers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/**
 * The classification layer of training: cosines to one direction per class, made harder for the right class by a margin.
 * Records its weights as {@code kernel} [dimension,classes].
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CosFace.class, name = "cosface"),
    @JsonSubTypes.Type(value = ArcFace.class, name = "arcface"),
    @JsonSubTypes.Type(value = ElasticFace.class, name = "elasticface"),
    @JsonSubTypes.Type(value = CurricularFace.class, name = "curricularface"),
    @JsonSubTypes.Type(value = AdaFace.class, name = "adaface")
})
public sealed interface MarginHead permits CosFace, ArcFace, ElasticFace, CurricularFace, AdaFace {

    /** What the cosines are multiplied by before the cross entropy ("s"). */
    double scale();

    /** How the classes' directions start. */
    default Init kernel(int dimension) {
        return Init.normal(0.01);
    }

    /** Cosines with the margin, not yet scaled, [N,classes]. */
    Value withMargin(Layers layers, Cosines cosines);

    /**
     * Records the logits.
     *
     * @param embeddings FLOAT32 [N,dimension], of any norm
     * @param labels     INT64 [N], 0 to classes-1; -1 marks an image of no class, which gets no margin
     * @return [N,classes]
     */
    default Value logits(Layers layers, Value embeddings, Value labels, int dimension, int classes) {
        Value kernel = layers.unroundedParameter("kernel", kernel(dimension), dimension, classes);
        return withMargin(layers, Cosines.of(layers.recorder(), embeddings, kernel, labels, classes))
                .mul(scale());
    }

    /** Mean cross entropy over the images that have a class. */
    static Value loss(Layers layers, Value logits, Value labels) {
        int mean = 1;
        int noClass = -1;
        return layers.recorder().op("torch.cross_entropy_loss", logits, labels, Recorder.NONE, mean, noClass);
    }
}
