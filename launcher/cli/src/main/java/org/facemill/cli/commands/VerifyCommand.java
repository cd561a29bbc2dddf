package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.cli.output.Results;
import org.facemill.contracts.recipe.Names;
import org.facemill.datasets.PairsFile;
import org.facemill.datasets.VerificationSet;
import org.facemill.datasets.files.FileNames;
import org.facemill.evaluation.metrics.Benchmark;
import org.facemill.evaluation.metrics.PairVerification;
import org.facemill.evaluation.report.BenchmarkTable;
import org.facemill.evaluation.report.EvaluationReport;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Encoders;
import org.facemill.recognition.Verification;
import org.facemill.tensor.WholeFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "Measure a recogniser's verification accuracy by ten-fold cross-validation, on InsightFace's verification sets or on pairs"
                    + " of pictures; an image's embedding is the normalised sum of its own and its mirror image's.",
            "Faces of pictures are found and aligned first, unless a picture is 112x112: then it counts as aligned."
        })
public final class VerifyCommand implements Callable<Integer> {

    private static final int BATCH = 16;

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Mixin
    private TorchOptions torch;

    @Mixin
    private PictureOptions pictureOptions;

    @Option(
            names = "--model",
            paramLabel = "NAME|PATH",
            defaultValue = Names.REFERENCE_ENCODER,
            description = "Recogniser: `reference`, a model folder or a checkpoint (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--bin",
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Verification sets of aligned faces, such as lfw.bin agedb_30.bin cfp_fp.bin calfw.bin cplfw.bin.")
    private List<Path> bins = List.of();

    @Option(names = "--images", paramLabel = "DIR", description = "Pictures, one subfolder a person, as LFW's.")
    private Optional<Path> images;

    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            description = "List of their pairs, as LFW's or with lines of `path path label`.")
    private Optional<Path> pairs;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for a report on --bin (default: none is written).")
    private Optional<Path> out;

    private int failed;

    /**
     * @param images    pictures that the pairs name
     * @param failed    pictures without a face; the whole picture was used in its place
     * @param asStored  whether EXIF orientation and colour profiles were passed over
     * @param accuracy  mean of ten folds
     */
    record Result(
            String model,
            int pairs,
            int images,
            int failed,
            boolean asStored,
            double accuracy,
            double accuracyStd,
            double eer,
            double fmr100,
            double auc,
            Map<String, Double> tarAtFar,
            double seconds) {}

    /** A verification set's result; see {@link Result}. */
    record SetResult(
            String name,
            int pairs,
            double accuracy,
            double accuracyStd,
            double eer,
            double fmr100,
            double auc,
            Map<String, Double> tarAtFar) {

        static SetResult of(Benchmark benchmark) {
            PairVerification result = benchmark.result();
            return new SetResult(
                    benchmark.name(),
                    benchmark.pairs(),
                    result.accuracy(),
                    result.accuracyStd(),
                    result.separation().eer(),
                    result.separation().fmr100(),
                    result.separation().auc(),
                    result.separation().tarAtFar());
        }
    }

    /** @param accuracy mean over the sets */
    record SetsResult(String model, double accuracy, List<SetResult> sets, double seconds, Optional<Path> out) {}

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        output.require(
                images.isPresent() == pairs.isPresent() && bins.isEmpty() == images.isPresent(),
                "give --bin with one or more files, or --images with --pairs");
        output.require(out.isEmpty() || !bins.isEmpty(), "--out is for the sets of --bin");
        output.require(
                bins.isEmpty() || !pictureOptions.asStored(),
                "--as-stored is for --images; the sets of --bin hold aligned faces");
        if (bins.isEmpty()) {
            verifyPictures(start);
        } else {
            verifySets(start);
        }
        return 0;
    }

    private void verifySets(long start) throws IOException {
        FaceSources.requireThere(bins);
        torch.apply();
        if (out.isPresent()) {
            results.claim(out.get());
        }
        List<Benchmark> benchmarks = new ArrayList<>();
        try (Encoder encoder = Encoders.named(model)) {
            for (Path bin : bins) {
                benchmarks.add(verify(encoder, bin));
            }
        }
        if (out.isPresent()) {
            EvaluationReport report =
                    EvaluationReport.of("Recogniser " + model, Map.of()).withBenchmarks(benchmarks);
            WholeFiles.write(out.get().resolve("report.html"), report.html());
            WholeFiles.write(out.get().resolve("report.json"), report.json());
        }
        List<SetResult> sets = benchmarks.stream().map(SetResult::of).toList();
        output.result(
                new SetsResult(
                        model,
                        sets.stream().mapToDouble(SetResult::accuracy).average().orElseThrow(),
                        sets,
                        (System.nanoTime() - start) / 1e9,
                        out),
                text(benchmarks));
    }

    private Benchmark verify(Encoder encoder, Path bin) throws IOException {
        VerificationSet set = VerificationSet.read(bin.toString(), ByteBuffer.wrap(Files.readAllBytes(bin)));
        Verification.require(bin.toString(), set.same());
        String name = FileNames.stem(bin.getFileName().toString());
        try (ProgressDisplay progress =
                output.progress("verify " + name, set.images().size(), "images")) {
            return new Benchmark(name, set.same().size(), Verification.of(encoder, set, progress::stepBy));
        }
    }

    private String text(List<Benchmark> benchmarks) {
        List<String> lines = new ArrayList<>();
        for (Benchmark b : benchmarks) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: accuracy %.4f +- %.4f on %d pairs, EER %.4f, AUC %.4f",
                    b.name(),
                    b.result().accuracy(),
                    b.result().accuracyStd(),
                    b.pairs(),
                    b.result().separation().eer(),
                    b.result().separation().auc()));
        }
        BenchmarkTable papers = BenchmarkTable.of(model, benchmarks);
        List<List<String>> rows = new ArrayList<>(List.of(papers.head()));
        rows.addAll(papers.cells());
        int width = rows.stream().mapToInt(row -> row.get(0).length()).max().orElseThrow();
        for (List<String> row : rows) {
            lines.add(String.format("%-" + width + "s", row.get(0))
                    + row.stream()
                            .skip(1)
                            .map(cell -> String.format("%10s", cell))
                            .collect(Collectors.joining()));
        }
        return String.join("\n", lines);
    }

    private void verifyPictures(long start) throws IOException {
        List<PairsFile.Pair> wanted = PairsFile.read(pairs.get(), images.get());
        Verification.require(
                pairs.get().toString(),
                wanted.stream().map(PairsFile.Pair::same).toList());
        torch.apply();
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
                        pictureOptions.asStored(),
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
