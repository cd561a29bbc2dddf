package org.facemill.cli.commands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.facemill.cli.output.Errors;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.datasets.files.FileNames;
import org.facemill.datasets.files.Pictures;
import org.facemill.detection.Face;
import org.facemill.detection.Mtcnn;
import org.facemill.detection.MtcnnOptions;
import org.facemill.detection.ReferencePoints;
import org.facemill.images.ImageException;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "align",
        description = {
            "Align the faces of all pictures under a folder to 112x112.",
            "Subfolders are kept. Of several faces in a picture the one nearest to its centre counts."
        },
        exitCodeList = {
            "0:done; pictures without a face are named and counted",
            "1:failed, or a picture cannot be read, or none shows a face, or with --strict one does not",
            "2:bad usage"
        })
public final class AlignCommand implements Callable<Integer> {

    private static final int BATCH = 16;
    /** What a batch may hold in memory together; a larger picture is a batch of its own. */
    private static final long BATCH_PIXELS = 4L << 20;

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Mixin
    private TorchOptions torch;

    @Mixin
    private PictureOptions pictureOptions;

    @Parameters(paramLabel = "DIR", description = "Folder with .png and .jpg files, subfolders included.")
    private Path folder;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the crops, as .png.")
    private Path out;

    @Option(
            names = "--landmarks",
            paramLabel = "evaluation|training",
            defaultValue = "evaluation",
            description =
                    "Reference points: as verification benchmarks are aligned, or 8 pixels to the left (default: ${DEFAULT-VALUE}).")
    private Landmarks landmarks;

    @Option(
            names = "--min-face-size",
            paramLabel = "PIXELS",
            defaultValue = "20",
            description = "Side of the smallest face that is looked for (default: ${DEFAULT-VALUE}).")
    @Range(min = 1, max = 10_000)
    private int minFaceSize;

    @Option(
            names = "--border",
            paramLabel = "SHARE",
            defaultValue = "0.25",
            description = "Repeat a picture's edge for this share of its shorter side, to find faces that fill it"
                    + " (default: ${DEFAULT-VALUE}).")
    @Range(min = 0, max = 1)
    private double border;

    @Option(
            names = "--tile-size",
            paramLabel = "PIXELS",
            description =
                    "The pictures are blocks, as `sample` writes them: grids of tiles of this size. Each tile is aligned by itself.")
    @Range(min = 1, max = 10_000)
    private Optional<Integer> tileSize;

    @Option(
            names = "--images",
            paramLabel = "M",
            defaultValue = "16",
            description =
                    "With --tile-size: images in each block; cells past them are padding (default: ${DEFAULT-VALUE}).")
    @Range(min = 1, max = 10_000)
    private int images;

    @Option(names = "--strict", description = "A picture without a face is a failure of the command, too.")
    private boolean strict;

    private final List<Failure> failures = new ArrayList<>();
    private int aligned;
    private int unreadable;

    /** A picture (or a block's tile, as {@code block.png/3}) that has no crop, and why. */
    record Failure(Path file, String reason) {}

    /**
     * @param failed     pictures without a crop
     * @param unreadable those of them that could not be read; the others show no face
     * @param asStored   whether EXIF orientation and colour profiles were passed over
     */
    record Result(
            int images,
            int aligned,
            int failed,
            int unreadable,
            List<Failure> failures,
            boolean asStored,
            double seconds,
            Path out) {}

    /** A picture as read: where from, and where its crop goes. */
    private record Picture(Path file, Path crop, RgbImage image) {}

    @Override
    public Integer call() throws IOException {
        torch.apply();
        long start = System.nanoTime();
        List<Pictures.Picture> files = Pictures.below(folder);
        Map<String, String> names =
                FileNames.ofFiles(files.stream().map(Pictures.Picture::path).toList());
        results.claim(out);
        try (Mtcnn detector = new Mtcnn();
                ProgressDisplay progress = output.progress("align", files.size(), "files")) {
            List<Picture> batch = new ArrayList<>();
            for (Pictures.Picture file : files) {
                for (Picture picture : read(file.file(), out.resolve(names.get(file.path())))) {
                    batch.add(picture);
                    if (batch.size() == BATCH || pixels(batch) >= BATCH_PIXELS) {
                        align(detector, batch);
                        batch.clear();
                    }
                }
                progress.step();
            }
            align(detector, batch);
        }
        failures.forEach(failure -> output.say(failure.file() + ": " + failure.reason()));
        Result result = new Result(
                aligned + failures.size(),
                aligned,
                failures.size(),
                unreadable,
                failures,
                pictureOptions.asStored(),
                (System.nanoTime() - start) / 1e9,
                out);
        output.result(result, text(result));
        return aligned == 0 || unreadable > 0 || strict && !failures.isEmpty() ? 1 : 0;
    }

    private static String text(Result result) {
        int faceless = result.failed() - result.unreadable();
        return result.aligned() + " of " + result.images() + " images aligned in " + result.out()
                + (faceless == 0 ? "" : "; " + faceless + " without a face")
                + (result.unreadable() == 0 ? "" : "; " + result.unreadable() + " that cannot be read")
                + (result.failed() == 0 ? "" : ", named above");
    }

    /** The picture of a file, or the tiles of its block; none where it cannot be read. */
    private List<Picture> read(Path file, Path crop) {
        try {
            RgbImage image = pictureOptions.decode(file);
            if (tileSize.isEmpty()) {
                return List.of(new Picture(file, crop.resolveSibling(crop.getFileName() + ".png"), image));
            }
            List<RgbImage> tiles =
                    new TileGrid(tileSize.get(), Math.max(1, image.width() / tileSize.get()), images).cut(image);
            return IntStream.range(0, images)
                    .mapToObj(
                            i -> new Picture(file.resolve(Integer.toString(i)), crop.resolve(i + ".png"), tiles.get(i)))
                    .toList();
        } catch (ImageException | UncheckedIOException e) {
            unreadable++;
            // the message may begin with the file's name, which a failure has already
            failures.add(new Failure(file, Errors.message(e).replace(file + ": ", "")));
            return List.of();
        }
    }

    private static long pixels(List<Picture> batch) {
        return batch.stream()
                .mapToLong(picture ->
                        (long) picture.image().width() * picture.image().height())
                .sum();
    }

    private void align(Mtcnn detector, List<Picture> batch) {
        List<List<Face>> faces = detector.detect(
                batch.stream().map(Picture::image).toList(),
                MtcnnOptions.DEFAULT.withMinFaceSize(minFaceSize).withBorder(border));
        for (int i = 0; i < batch.size(); i++) {
            Picture picture = batch.get(i);
            Face.nearestToCentre(
                            faces.get(i),
                            picture.image().width(),
                            picture.image().height())
                    .ifPresentOrElse(
                            face -> write(picture, face),
                            () -> failures.add(new Failure(picture.file(), "no face found")));
        }
    }

    private void write(Picture picture, Face face) {
        Images.writePng(picture.crop(), ReferencePoints.of(landmarks).align(picture.image(), face.points()));
        aligned++;
    }
}
