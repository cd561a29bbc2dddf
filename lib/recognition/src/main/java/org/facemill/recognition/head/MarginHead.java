package org.facemill.recognition.head;

import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Registered;
import org.facemill.torch.Init;
import org.facemill.torch.Layers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/**
 * The classification layer of training: cosines to one direction per class, made harder for the right class by a margin.
 * Records its weights as {@code kernel} [dimension,classes]. A new one is a record with its parameters for components, and a line
 * in {@link MarginHeads}.
 */
public interface MarginHead extends Registered {

    @Override
    default Kind kind() {
        return Kind.MARGIN_HEAD;
    }

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
