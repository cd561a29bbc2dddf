package org.facemill.recognition.backbone;

import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Registered;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/**
 * The shape of a network that turns aligned faces into embeddings, without its weights. A new one is a class, and a line for
 * each of its sizes in {@link Backbones}.
 */
public interface Backbone extends Registered {

    @Override
    default Kind kind() {
        return Kind.BACKBONE;
    }

    /** Side of the images in pixels. */
    int INPUT_SIZE = 112;

    /** Floats per embedding. */
    int dimension();

    /**
     * Records the network under the names of its published checkpoints.
     *
     * @param images [N,3,112,112], RGB in [-1,1]
     * @return [N,dimension], not normalised
     */
    Value embeddings(Layers layers, Value images);

    /** The network as it encodes: {@code images} as above to {@code embeddings}. */
    default Graph graph() {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        recorder.output("embeddings", embeddings(new Layers(recorder), recorder.input("images")));
        return recorder.finish(name());
    }

    /** This network with another share of features dropped before its last layer in training, 0 to 1. */
    Backbone dropout(double probability);
}
