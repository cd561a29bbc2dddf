package org.facemill.recognition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.facemill.contracts.recipe.Names;
import org.facemill.images.FacePoints;
import org.facemill.recognition.backbone.Backbone;
import org.facemill.recognition.backbone.Backbones;
import org.facemill.tensor.StateDict;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;

/** Opens encoders. */
public final class Encoders {

    /** File of a model folder that holds the weights. */
    public static final String WEIGHTS = "model.safetensors";

    /** File of a model folder that says, to people, what the model is and how it was trained. */
    public static final String CARD = "model.json";

    private Encoders() {}

    /** The reference recogniser that comes with this library: 128-d, faces of {@link FacePoints#DLIB_150}. */
    public static Encoder reference() {
        return ReferenceRecogniser.open();
    }

    /**
     * {@code reference}, or a recogniser at a path; see {@link #open(String, Path)}, whose name is the path's last part.
     */
    public static Encoder named(String nameOrPath) throws IOException {
        if (nameOrPath.equals(Names.REFERENCE_ENCODER)) {
            return reference();
        }
        Path path = Path.of(nameOrPath);
        return open(path.getFileName().toString(), path);
    }

    /**
     * A trained recogniser for faces of {@link FacePoints#ARCFACE_112}: a model folder with {@value #WEIGHTS}, or a
     * checkpoint as its authors publish it (.pth, .pt, .ckpt, .safetensors). Which network it is follows from the names
     * and shapes of its tensors.
     *
     * @throws IOException              if there is no such file, or it is damaged
     * @throws IllegalArgumentException if it holds another kind of network
     */
    public static Encoder open(String name, Path path) throws IOException {
        Path file = Files.isDirectory(path) ? path.resolve(WEIGHTS) : path;
        if (!Files.exists(file)) {
            throw new IOException(file + ": no such file; a model folder holds " + WEIGHTS
                    + ", and the recogniser that comes with Facemill is called '" + Names.REFERENCE_ENCODER + "'");
        }
        try (TensorFile content = TensorFile.open(file)) {
            Map<String, Tensor> tensors = StateDict.of(content);
            Map<String, long[]> shapes = new LinkedHashMap<>();
            tensors.forEach((key, tensor) -> shapes.put(key, tensor.shape()));
            Backbone backbone = Backbones.of(file.toString(), shapes);
            Parameters parameters = Parameters.load(backbone.graph(), file.toString(), tensors);
            return of(name, backbone, parameters, parameters::close);
        }
    }

    /**
     * A backbone over parameters that live elsewhere, such as those of a running training.
     *
     * @param onClose run after the encoder's own memory was freed
     */
    public static Encoder of(String name, Backbone backbone, Parameters parameters, Runnable onClose) {
        return new NetworkEncoder(
                name,
                FacePoints.ARCFACE_112,
                backbone.dimension(),
                Normalisation.UNIT,
                Network.load(backbone.graph(), parameters),
                onClose);
    }
}
