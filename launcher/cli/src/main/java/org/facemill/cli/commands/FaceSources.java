package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.datasets.ImageDataset;
import org.facemill.datasets.ImageDatasets;
import org.facemill.datasets.VerificationSet;
import org.facemill.evaluation.comparison.EmbeddingFiles;
import org.facemill.evaluation.comparison.FaceSet;
import org.facemill.images.FacePoints;
import org.facemill.recognition.EncodedDataset;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Encoders;

/** Opens the sets of faces that commands compare; each recogniser is loaded once, and only where pictures need it. */
final class FaceSources implements AutoCloseable {

    /** What a set may be, for help texts. */
    static final String DESCRIPTION =
            "a dataset of aligned 112x112 images (one subfolder an identity, or packed), a folder"
                    + " that `encode` wrote, or a file of embeddings by name (.npz, .npy, .pt)";

    private final Output output;
    private final boolean flip;
    private final Map<String, Encoder> encoders = new LinkedHashMap<>();

    /** @param flip whether a picture's embedding is the normalised sum of its own and its mirror image's */
    FaceSources(Output output, boolean flip) {
        this.output = output;
        this.flip = flip;
    }

    /** Refuses inputs that do not exist, before anything is encoded for minutes. */
    static void requireThere(Collection<Path> inputs) throws NoSuchFileException {
        for (Path input : inputs) {
            if (!Files.exists(input)) {
                throw new NoSuchFileException(input.toString());
            }
        }
    }

    /** Whether a set's embeddings depend on a recogniser, because it consists of pictures. */
    static boolean wantsEncoder(Path path) {
        return isBenchmark(path) || Files.isDirectory(path) && !EmbeddingFiles.isIn(path);
    }

    /**
     * Opens a set.
     *
     * @param model the recogniser of pictures
     */
    FaceSet open(Path path, String model) throws IOException {
        if (!wantsEncoder(path)) {
            return Files.isDirectory(path) ? EmbeddingFiles.open(path) : EmbeddingFiles.named(path);
        }
        ImageDataset dataset = dataset(path);
        dataset.remarks().forEach(output::say);
        try (ProgressDisplay progress = output.progress("encode " + path, dataset.size(), "images")) {
            return new EncodedDataset(path.toString(), dataset, encoder(model), flip, progress::stepBy);
        } catch (IOException | RuntimeException e) {
            dataset.close();
            throw e;
        }
    }

    /** Refuses to compare embeddings of two recognisers. */
    static void requireSameEncoder(FaceSet faces, FaceSet others) {
        if (others.dimension() != faces.dimension()) {
            throw new CommandException("%s has embeddings of %d numbers, %s of %d; encode both by one recogniser"
                    .formatted(faces.name(), faces.dimension(), others.name(), others.dimension()));
        }
    }

    /** Compares pairs and shows the progress. */
    static <T> T withProgress(Output output, String task, long pairs, Function<LongConsumer, T> comparison) {
        try (ProgressDisplay progress = output.progress(task, pairs, "pairs")) {
            return comparison.apply(progress::stepBy);
        }
    }

    private static boolean isBenchmark(Path path) {
        return path.toString().endsWith(".bin");
    }

    private static ImageDataset dataset(Path path) throws IOException {
        if (!isBenchmark(path)) {
            return ImageDatasets.open(path);
        }
        VerificationSet set = VerificationSet.read(path.toString(), ByteBuffer.wrap(Files.readAllBytes(path)));
        return ImageDatasets.of(
                path.toString(), set.images().stream().map(List::of).toList());
    }

    private Encoder encoder(String model) throws IOException {
        Encoder encoder = encoders.get(model);
        if (encoder == null) {
            encoder = Encoders.named(model).adapted(FacePoints.ARCFACE_112);
            encoders.put(model, encoder);
        }
        return encoder;
    }

    @Override
    public void close() {
        encoders.values().forEach(Encoder::close);
    }
}
