package org.facemill.evaluator;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.recipe.Names;
import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.images.FacePoints;
import org.facemill.images.RgbImage;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.ObjectStore;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Encoders;
import org.facemill.recognition.EncodingException;

/** The recognisers that judge, each opened once: the one that comes with Facemill, or a folder of the models bucket. */
@ApplicationScoped
class Recognisers {

    private static final List<String> WEIGHTS = List.of(".safetensors", ".pth", ".pt", ".ckpt");

    private final ObjectStore store;
    private final Map<String, Encoder> open = new HashMap<>();

    Recognisers(ObjectStore store) {
        this.store = store;
    }

    /**
     * Embeddings of crops, of unit length; networks take one call at a time.
     *
     * @param name {@code reference}, or a folder of the models bucket
     * @param landmarks what the crops are aligned to
     * @param names of the crops, for messages
     * @throws EncodingException if there is no embedding of a crop
     */
    synchronized float[][] embed(String name, Landmarks landmarks, List<RgbImage> crops, IntFunction<String> names)
            throws IOException {
        String key = name + "/" + landmarks;
        if (!open.containsKey(key)) {
            open.put(key, open(name).adapted(points(landmarks)));
        }
        return open.get(key).embed(crops, names);
    }

    synchronized void close(@Observes ShutdownEvent stop) {
        open.values().forEach(Encoder::close);
        open.clear();
    }

    private Encoder open(String name) throws IOException {
        if (name.equals(Names.REFERENCE_ENCODER)) {
            return Encoders.reference();
        }
        String weights = store.list(Buckets.MODELS, Buckets.model(name)).stream()
                .filter(key -> WEIGHTS.stream().anyMatch(key::endsWith))
                .findFirst()
                .orElseThrow(() -> new MissingObjectException(Buckets.MODELS, Buckets.model(name) + Encoders.WEIGHTS));
        Path file = Files.createTempFile("recogniser", weights.substring(weights.lastIndexOf('.')));
        try {
            store.download(Buckets.MODELS, weights, file);
            return Encoders.open(name, file);
        } finally {
            Files.delete(file);
        }
    }

    private static FacePoints points(Landmarks landmarks) {
        return switch (landmarks) {
            case EVALUATION -> FacePoints.ARCFACE_112;
            case TRAINING -> FacePoints.ARCFACE_96_IN_112;
        };
    }
}
