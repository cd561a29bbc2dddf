package org.facemill.cli.commands;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.contracts.recipe.Names;
import org.facemill.evaluation.comparison.EmbeddingFiles;
import org.facemill.evaluation.comparison.FaceSet;
import org.facemill.evaluation.comparison.FirstImages;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.evaluation.metrics.ScoreFiles;
import org.facemill.evaluation.report.Comparison;
import org.facemill.evaluation.report.EvaluationReport;
import org.facemill.evaluation.report.ResultTable;
import org.facemill.tensor.WholeFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "evaluate",
        description = {
            "Measure how well a recogniser separates the identities of a dataset, over all pairs of images.",
            "With --out it writes a report: score distributions, ROC, DET, the papers' table, comparisons, a contact sheet, outliers;"
                    + " of several datasets or recognisers a table with a row each (HTML, CSV, LaTeX)."
        })
public final class EvaluateCommand implements Callable<Integer> {

    /** What was counted so far of many billion pairs; hidden, and deleted when the report is written. */
    private static final String COUNTED = ".counted.npz";

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Mixin
    private TorchOptions torch;

    @Parameters(arity = "0..*", paramLabel = "DATASET", description = "Sets of faces: " + FaceSources.DESCRIPTION + ".")
    private List<Path> datasets = List.of();

    @Option(
            names = "--embeddings",
            paramLabel = "FILE",
            description = "In a dataset's place: an array [images, dimension], of numpy or as encode.py wrote it.")
    private Optional<Path> embeddings;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Whose each row of --embeddings is: numbers or texts.")
    private Optional<Path> labels;

    @Option(
            names = "--genuine",
            paramLabel = "FILE",
            description = "In a dataset's place: genuine scores, text with one a line in its last column, or an array.")
    private Optional<Path> genuine;

    @Option(names = "--impostor", paramLabel = "FILE", description = "Impostor scores, to --genuine.")
    private Optional<Path> impostor;

    @Option(
            names = "--model",
            paramLabel = "NAME|PATH",
            description =
                    "Recogniser of pictures: `reference`, a model folder or a checkpoint; several times for a row each"
                            + " (default: reference).")
    private List<String> models = List.of();

    @Option(
            names = "--flip",
            description = "A picture's embedding is the normalised sum of its own and its mirror image's.")
    private boolean flip;

    @Option(names = "--first", paramLabel = "K", description = "Only the first K images of each identity.")
    @Range(min = 1, max = 1_000_000)
    private Optional<Integer> first;

    @Option(
            names = "--against",
            paramLabel = "SET",
            description =
                    "Also compare each identity with the images of the same name in another set, such as the faces that its"
                            + " contexts came from (real-synthetic), and that set with itself.")
    private Optional<Path> against;

    @Option(
            names = "--nearest",
            paramLabel = "SET",
            description = "Also find the images of another set that resemble each image most.")
    private Optional<Path> nearest;

    @Option(
            names = "--random-impostors",
            paramLabel = "SEED",
            description =
                    "Also by IDiff-Face's protocol: random impostor pairs over all images, as many as genuine ones, drawn as"
                            + " evaluate.py draws them by this seed.")
    @Range(min = 0, max = 4_294_967_295.0)
    private Optional<Long> randomImpostors;

    @Option(
            names = "--pose",
            description =
                    "Also find the five points of each picture, for the spread of poses in identities.csv of --out.")
    private boolean pose;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the report (default: none is written).")
    private Optional<Path> out;

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Result(
            Optional<String> model,
            Optional<Integer> identities,
            Optional<Integer> images,
            @JsonUnwrapped SeparationFigures figures,
            Map<String, SeparationFigures> comparisons,
            List<NearestFigures> nearest,
            double seconds,
            Optional<Path> out) {}

    /** How similar each image's nearest in another set is. */
    record NearestFigures(String set, double mean, double max) {}

    record Row(
            String dataset,
            String model,
            int identities,
            int images,
            @JsonUnwrapped SeparationFigures figures) {}

    record TableResult(List<Row> rows, double seconds, Optional<Path> out) {}

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        checkUsage();
        requireInputs();
        if (genuine.isPresent()) {
            evaluateScores(start);
            return 0;
        }
        torch.apply();
        claim();
        try (FaceSources sources = new FaceSources(output, flip)) {
            if (datasets.size() > 1 || models.size() > 1) {
                evaluateAll(sources, start);
            } else {
                evaluateOne(sources, start);
            }
        }
        return 0;
    }

    private void checkUsage() {
        output.require(
                genuine.isPresent() == impostor.isPresent(), "--genuine wants --impostor, and the other way round");
        output.require(
                embeddings.isPresent() == labels.isPresent(), "--embeddings wants --labels, and the other way round");
        long inputs = (genuine.isPresent() ? 1 : 0) + (embeddings.isPresent() ? 1 : 0) + (datasets.isEmpty() ? 0 : 1);
        output.require(
                inputs == 1,
                "give datasets, or --embeddings with --labels, or --genuine with --impostor; one kind of the three");
        output.require(
                datasets.stream().anyMatch(FaceSources::wantsEncoder)
                        || models.isEmpty() && !flip
                        || Stream.of(against, nearest)
                                .anyMatch(set ->
                                        set.filter(FaceSources::wantsEncoder).isPresent()),
                "--model and --flip are for pictures; embeddings and scores are as they are");
        output.require(
                !pose || out.isPresent() && datasets.size() == 1 && FaceSources.wantsEncoder(datasets.get(0)),
                "--pose is for one dataset of pictures, and wants --out");
        boolean further = against.isPresent() || nearest.isPresent() || randomImpostors.isPresent();
        output.require(
                !further || genuine.isEmpty() && datasets.size() <= 1 && models.size() <= 1,
                "--against, --nearest and --random-impostors are for one dataset and one recogniser");
    }

    private void requireInputs() throws NoSuchFileException {
        List<Path> inputs = new ArrayList<>(datasets);
        Stream.of(embeddings, labels, genuine, impostor, against, nearest)
                .flatMap(Optional::stream)
                .forEach(inputs::add);
        FaceSources.requireThere(inputs);
    }

    private void claim() throws IOException {
        if (out.isPresent()) {
            results.claim(out.get());
        }
    }

    private void evaluateScores(long start) throws IOException {
        ScoreCounts counts = ScoreCounts.of(ScoreFiles.read(genuine.get()), ScoreFiles.read(impostor.get()));
        claim();
        Comparison comparison = Comparison.of(
                "scores",
                "Scores",
                "Genuine scores of " + genuine.get() + ", impostor scores of " + impostor.get(),
                counts);
        if (out.isPresent()) {
            write(EvaluationReport.of("Scores", Map.of()).withComparisons(List.of(comparison)));
        }
        SeparationFigures figures = SeparationFigures.of(comparison.metrics());
        output.result(
                new Result(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        figures,
                        Map.of(),
                        List.of(),
                        seconds(start),
                        out),
                figures.genuinePairs() + " genuine and " + figures.impostorPairs() + " impostor scores: "
                        + figures.text());
    }

    private void evaluateOne(FaceSources sources, long start) throws IOException {
        String model = models.isEmpty() ? Names.REFERENCE_ENCODER : models.get(0);
        try (FaceSet faces = faces(sources, model)) {
            FaceEvaluation evaluation = new FaceEvaluation(output, faces);
            Optional<Path> counted = out.map(folder -> folder.resolve(COUNTED));
            evaluation.separate(randomImpostors, counted);
            if (against.isPresent()) {
                try (FaceSet others = sources.open(against.get(), model)) {
                    evaluation.compare(others);
                }
            }
            if (nearest.isPresent()) {
                try (FaceSet others = sources.open(nearest.get(), model)) {
                    evaluation.findNearest(others);
                }
            }
            String encoder = encoder(embeddings.isEmpty() && FaceSources.wantsEncoder(datasets.get(0)), model);
            if (pose) {
                evaluation.lookAtPoses();
            }
            if (out.isPresent()) {
                write(evaluation.report(encoder));
                WholeFiles.write(out.get().resolve("identities.csv"), evaluation.identitiesCsv());
                Files.deleteIfExists(counted.get());
            }
            output.result(result(evaluation, encoder, start), text(evaluation));
        }
    }

    private Result result(FaceEvaluation evaluation, String encoder, long start) {
        Separation separation = evaluation.separation();
        Map<String, SeparationFigures> comparisons = new LinkedHashMap<>();
        evaluation.comparisons().forEach(c -> comparisons.put(c.key(), SeparationFigures.of(c.metrics())));
        return new Result(
                Optional.of(encoder),
                Optional.of(separation.identities()),
                Optional.of(separation.images()),
                SeparationFigures.of(separation.metrics()),
                comparisons,
                evaluation.neighbours().stream()
                        .map(n -> new NearestFigures(n.set(), n.mean(), n.max()))
                        .toList(),
                seconds(start),
                out);
    }

    private String text(FaceEvaluation evaluation) {
        Separation separation = evaluation.separation();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%d identities, %d images", separation.identities(), separation.images())
                + ": " + SeparationFigures.of(separation.metrics()).text());
        evaluation.comparisons().stream()
                .map(c -> c.title() + ": " + SeparationFigures.of(c.metrics()).text())
                .forEach(lines::add);
        evaluation.neighbours().stream()
                .map(n -> String.format(
                        Locale.ROOT,
                        "nearest in %s: cosine %.4f in the mean, %.4f at most",
                        n.set(),
                        n.mean(),
                        n.max()))
                .forEach(lines::add);
        out.ifPresent(folder -> lines.add("report in " + folder.resolve("report.html")));
        return String.join("\n", lines);
    }

    private void evaluateAll(FaceSources sources, long start) throws IOException {
        List<ResultTable.Row> rows = new ArrayList<>();
        for (Path dataset : datasets) {
            boolean pictures = FaceSources.wantsEncoder(dataset);
            for (String model : pictures && !models.isEmpty() ? models : List.of(Names.REFERENCE_ENCODER)) {
                rows.add(row(sources, dataset, model, encoder(pictures, model)));
            }
        }
        ResultTable table = new ResultTable(rows);
        if (out.isPresent()) {
            WholeFiles.write(out.get().resolve("table.html"), table.html("Datasets and recognisers"));
            WholeFiles.write(out.get().resolve("table.csv"), table.csv());
            WholeFiles.write(out.get().resolve("table.tex"), table.latex());
        }
        List<Row> shown = rows.stream()
                .map(r -> new Row(
                        r.dataset(), r.encoder(), r.identities(), r.images(), SeparationFigures.of(r.metrics())))
                .toList();
        output.result(
                new TableResult(shown, seconds(start), out),
                shown.stream()
                        .map(r -> r.dataset() + " by " + r.model() + ": "
                                + r.figures().text())
                        .collect(Collectors.joining(
                                "\n",
                                "",
                                out.map(o -> "\ntable in " + o.resolve("table.html"))
                                        .orElse(""))));
    }

    private ResultTable.Row row(FaceSources sources, Path dataset, String model, String encoder) throws IOException {
        try (FaceSet faces = limited(sources.open(dataset, model))) {
            FaceEvaluation evaluation = new FaceEvaluation(output, faces);
            evaluation.separate(Optional.empty(), Optional.empty());
            Separation separation = evaluation.separation();
            return new ResultTable.Row(
                    dataset.toString(), encoder, separation.identities(), separation.images(), separation.metrics());
        }
    }

    private FaceSet faces(FaceSources sources, String model) throws IOException {
        return limited(
                embeddings.isPresent()
                        ? EmbeddingFiles.open(embeddings.get(), labels.get())
                        : sources.open(datasets.get(0), model));
    }

    private FaceSet limited(FaceSet faces) {
        return first.<FaceSet>map(count -> new FirstImages(faces, count)).orElse(faces);
    }

    private void write(EvaluationReport report) throws IOException {
        Files.createDirectories(out.get());
        WholeFiles.write(out.get().resolve("report.html"), report.html());
        WholeFiles.write(out.get().resolve("report.json"), report.json());
    }

    /** What reports call a set's encoder: embeddings in files do not say theirs. */
    private static String encoder(boolean pictures, String model) {
        return pictures ? model : "embeddings as given";
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
