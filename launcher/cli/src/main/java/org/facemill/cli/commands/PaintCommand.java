package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.contracts.Noise;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.datasets.PairsFile;
import org.facemill.images.Images;
import org.facemill.painter.FacePainter;
import org.facemill.painter.PaintedFace;
import org.facemill.tensor.Npz;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.WholeFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "paint",
        description = {
            "Paint faces of random identities: pictures, their context vectors and exact landmarks.",
            "Pictures are NAME/NAME_0001.png, as LFW names them; contexts.npz holds the vector of each NAME, landmarks.csv the five points "
                    + "of each picture. The same options give the same bytes."
        })
public final class PaintCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Option(names = "--identities", required = true, paramLabel = "N", description = "How many identities.")
    @Range(min = 1, max = 10_000_000)
    private int identities;

    @Option(names = "--images", required = true, paramLabel = "M", description = "Images per identity.")
    @Range(min = 1, max = 10_000)
    private int images;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Another seed, other people (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--pairs", description = "Also write pairs.txt: pairs for verification in LFW's format.")
    private boolean pairs;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for all of it.")
    private Path out;

    record Result(int identities, long images, double seconds, Path out) {}

    @Override
    public Integer call() throws IOException {
        output.require(
                !pairs || identities >= PairsFile.FOLDS && images > 1,
                "--pairs wants at least " + PairsFile.FOLDS + " identities with 2 images each");
        long start = System.nanoTime();
        results.claim(out);
        Map<String, Tensor> contexts = new LinkedHashMap<>();
        StringBuilder landmarks =
                new StringBuilder("picture,left_eye_x,left_eye_y,right_eye_x,right_eye_y,nose_x,nose_y,"
                        + "left_mouth_x,left_mouth_y,right_mouth_x,right_mouth_y\n");
        FacePainter painter = new FacePainter();
        try (ProgressDisplay progress = output.progress("paint", (long) identities * images, "images")) {
            for (int ordinal = 0; ordinal < identities; ordinal++) {
                float[] context = Noise.unitVector(seed, ordinal, IdentityContext.DIMENSION);
                contexts.put(name(ordinal), Tensor.of(new long[] {IdentityContext.DIMENSION}, context));
                for (String line : paint(painter, context, ordinal, progress)) {
                    landmarks.append(line).append('\n');
                }
            }
        }
        Npz.write(out.resolve("contexts.npz"), contexts);
        WholeFiles.write(out.resolve("landmarks.csv"), landmarks);
        if (pairs) {
            WholeFiles.write(
                    out.resolve("pairs.txt"),
                    PairsFile.lfw(
                            IntStream.range(0, identities)
                                    .mapToObj(PaintCommand::name)
                                    .toList(),
                            images));
        }
        long painted = (long) identities * images;
        output.result(
                new Result(identities, painted, (System.nanoTime() - start) / 1e9, out), painted + " images in " + out);
        return 0;
    }

    /** Paints one identity on all cores; gives its lines of landmarks. */
    private List<String> paint(FacePainter painter, float[] context, int ordinal, ProgressDisplay progress)
            throws IOException {
        Path folder = Files.createDirectories(out.resolve(name(ordinal)));
        return IntStream.range(0, images)
                .parallel()
                .mapToObj(image -> {
                    PaintedFace face = painter.paint(context, seed, ordinal, image);
                    String picture = String.format(Locale.ROOT, "%s_%04d.png", name(ordinal), image + 1);
                    Images.writePng(folder.resolve(picture), face.image());
                    progress.step();
                    return face.landmarks().stream()
                            .map(point -> String.format(Locale.ROOT, "%.3f,%.3f", point.x(), point.y()))
                            .collect(Collectors.joining(",", name(ordinal) + "/" + picture + ",", ""));
                })
                .toList();
    }

    private static String name(int ordinal) {
        return String.format(Locale.ROOT, "painted%06d", ordinal);
    }
}
