package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.datasets.PairsFile;
import org.facemill.evaluation.metrics.PairVerification;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Encoders;
import org.facemill.recognition.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "Measure a recogniser's verification accuracy on pairs of pictures.",
            "Faces are found and aligned first, unless a picture is 112x112: then it counts as aligned."
        })
public final class VerifyCommand implements Callable<Integer> {

    private static final int BATCH = 16;

    @Mixin
    private Output output;

    @Mixin
    private TorchOptions torch;

    @Mixin
    private PictureOptions pictureOptions;

    @Option(
            names = "--model",
            paramLabel = "NAME|PATH",
            defaultValue = "reference",
            description = "Recogniser: `reference`, a model folder or a checkpoint (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--images",
            required = true,
            paramLabel = "DIR",
            description = "Pictures, one subfolder a person, as LFW's.")
    private Path images;

    @Option(
            names = "--pairs",
            required = true,
            paramLabel = "FILE",
            description = "List of pairs, as LFW's or with lines of `path path label`.")
    private Path pairs;

    private int failed;

    /**
     * @param images    pictures that the pairs name
     * @param failed    pictures without a face; the whole picture was used in its place
     * @param accuracy  mean of ten folds
     */
    record Result(
            String model,
            int pairs,
            int images,
            int failed,
            double accuracy,
            double accuracyStd,
            double eer,
            double fmr100,
            double auc,
            Map<String, Double> tarAtFar,
            double seconds) {}

    @Override
    public Integer call() throws IOException {
        torch.apply();
        long start = System.nanoTime();
        List<PairsFile.Pair> wanted = PairsFile.read(pairs, images);
        List<Path> files = wanted.stream()
                .flatMap(pair -> Stream.of(pair.first(), pair.second()))
                .distinct()
                .toList();
        Map<Path, Integer> places = new LinkedHashMap<>();
        files.forEach(file -> places.put(file, places.size()));
        try (Encoder encoder = Encoders.named(model);
                AlignedFaces faces = new AlignedFaces(encoder.template())) {
            List<RgbImage> chips = align(faces, files, encoder.template().size());
            PairVerification verification = Verification.of(
                    encoder,
                    chips,
                    i -> files.get(i).toString(),
                    wanted.stream()
                            .map(pair -> new Verification.Pair(
                                    places.get(pair.first()), places.get(pair.second()), pair.same()))
                            .toList());
            report(verification, wanted.size(), files.size(), (System.nanoTime() - start) / 1e9);
        }
        return 0;
    }

    private List<RgbImage> align(AlignedFaces faces, List<Path> files, int size) {
        List<RgbImage> chips = new ArrayList<>();
        try (ProgressDisplay progress = output.progress("align", files.size(), "images")) {
            for (int from = 0; from < files.size(); from += BATCH) {
                List<RgbImage> batch = files.subList(from, Math.min(files.size(), from + BATCH)).stream()
                        .map(pictureOptions::decode)
                        .toList();
                List<Optional<RgbImage>> found = faces.of(batch);
                for (int i = 0; i < batch.size(); i++) {
                    RgbImage picture = batch.get(i);
                    chips.add(found.get(i).orElseGet(() -> Images.resizeAntialiased(picture, size, size)));
                }
                failed += found.stream().filter(Optional::isEmpty).count();
                progress.stepBy(batch.size());
            }
        }
        return chips;
    }

    private void report(PairVerification verification, int pairCount, int imageCount, double seconds) {
        var separation = verification.separation();
        output.result(
                new Result(
                        model,
                        pairCount,
                        imageCount,
                        failed,
                        verification.accuracy(),
                        verification.accuracyStd(),
                        separation.eer(),
                        separation.fmr100(),
                        separation.auc(),
                        separation.tarAtFar(),
                        seconds),
                String.format(
                        Locale.ROOT,
                        "%s: accuracy %.4f +- %.4f on %d pairs, EER %.4f, AUC %.4f; %d of %d pictures without"
                                + " a face",
                        model,
                        verification.accuracy(),
                        verification.accuracyStd(),
                        pairCount,
                        separation.eer(),
                        separation.auc(),
                        failed,
                        imageCount));
    }
}
