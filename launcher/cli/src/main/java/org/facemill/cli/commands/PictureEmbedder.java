package org.facemill.cli.commands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.facemill.cli.output.Errors;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.contracts.recipe.Names;
import org.facemill.datasets.files.Pictures.Picture;
import org.facemill.images.FacePoints;
import org.facemill.images.ImageException;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Encoders;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Embeds pictures of a folder, by options that several commands share. */
final class PictureEmbedder {

    private static final int BATCH = 16;

    @Mixin
    private PictureOptions pictureOptions;

    @Option(
            names = "--model",
            paramLabel = "NAME|PATH",
            defaultValue = Names.REFERENCE_ENCODER,
            description = "Recogniser: `reference`, a model folder or a checkpoint (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--whole",
            description = "Pictures are faces as they are: each is resized to 112x112, none is looked for."
                    + " So IDiff-Face embeds what it trains its generator on.")
    private boolean whole;

    String model() {
        return model;
    }

    /** Whether EXIF orientation and colour profiles are passed over. */
    boolean asStored() {
        return pictureOptions.asStored();
    }

    Encoder encoder() throws IOException {
        return Encoders.named(model);
    }

    /**
     * The embeddings of those pictures that can be read and show a face; the others are reported.
     *
     * @param files in any order
     */
    Map<Picture, float[]> embed(Encoder encoder, List<Picture> files, Output output) {
        if (whole) {
            return embed(
                    encoder.adapted(FacePoints.ARCFACE_112),
                    pictures -> pictures.stream().map(PictureEmbedder::resized).toList(),
                    files,
                    output);
        }
        try (AlignedFaces faces = new AlignedFaces(encoder.template())) {
            return embed(encoder, faces::of, files, output);
        }
    }

    private static Optional<RgbImage> resized(RgbImage picture) {
        int edge = FacePoints.ARCFACE_112.size();
        return Optional.of(Images.resizeAntialiased(picture, edge, edge));
    }

    private Map<Picture, float[]> embed(
            Encoder encoder,
            Function<List<RgbImage>, List<Optional<RgbImage>>> faces,
            List<Picture> files,
            Output output) {
        Map<Picture, float[]> embeddings = new LinkedHashMap<>();
        try (ProgressDisplay progress = output.progress("embed", files.size(), "images")) {
            for (int from = 0; from < files.size(); from += BATCH) {
                List<Picture> batch = files.subList(from, Math.min(files.size(), from + BATCH));
                Map<Picture, RgbImage> chips = chips(faces, batch, output);
                List<Picture> embedded = List.copyOf(chips.keySet());
                float[][] rows = encoder.embed(
                        List.copyOf(chips.values()), i -> embedded.get(i).file().toString());
                int row = 0;
                for (Picture file : embedded) {
                    embeddings.put(file, rows[row++]);
                }
                progress.stepBy(batch.size());
            }
        }
        return embeddings;
    }

    /** The aligned faces of the pictures that show one. */
    private Map<Picture, RgbImage> chips(
            Function<List<RgbImage>, List<Optional<RgbImage>>> faces, List<Picture> files, Output output) {
        Map<Picture, RgbImage> pictures = new LinkedHashMap<>();
        for (Picture file : files) {
            try {
                pictures.put(file, pictureOptions.decode(file.file()));
            } catch (ImageException | UncheckedIOException e) {
                output.say(Errors.message(e));
            }
        }
        List<Optional<RgbImage>> found = faces.apply(List.copyOf(pictures.values()));
        Map<Picture, RgbImage> chips = new LinkedHashMap<>();
        int next = 0;
        for (Picture file : pictures.keySet()) {
            found.get(next++)
                    .ifPresentOrElse(chip -> chips.put(file, chip), () -> output.say(file.file() + ": no face found"));
        }
        return chips;
    }
}
