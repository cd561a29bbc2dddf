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
import java.util.stream.Collectors;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.contracts.recipe.Names;
import org.facemill.evaluation.comparison.FaceSet;
import org.facemill.evaluation.comparison.ImpostorThreshold;
import org.facemill.evaluation.comparison.NearestFaces;
import org.facemill.evaluation.report.Audit;
import org.facemill.evaluation.report.EvaluationReport;
import org.facemill.evaluation.report.Neighbours;
import org.facemill.tensor.WholeFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "audit",
        description = {
            "Find identities of a dataset that are too close to a generator's training data, to a benchmark, or to each other.",
            "An identity is too close where one of its images is as similar to one there as the recogniser lets only a share --fmr of"
                    + " impostor pairs of a reference set be."
        },
        exitCodeList = {"0:done", "1:failed, or more identities are too close than --fail-above allows", "2:bad usage"})
public final class AuditCommand implements Callable<Integer> {

    /** Nearest images that are looked for, and matches that a report shows. */
    private static final int NEAREST = 5;

    private static final int SHOWN_MATCHES = 12;

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Mixin
    private TorchOptions torch;

    @Parameters(paramLabel = "DATASET", description = "Set of faces: " + FaceSources.DESCRIPTION + ".")
    private Path dataset;

    @Option(
            names = "--against",
            arity = "1..*",
            required = true,
            paramLabel = "SET",
            description =
                    "Sets of the same kinds, or verification sets (.bin): what the generator was trained on, benchmarks.")
    private List<Path> against = List.of();

    @Option(
            names = "--reference",
            paramLabel = "SET",
            description =
                    "Real faces of known identities, on whose impostor pairs the threshold is found (default: the first --against).")
    private Optional<Path> reference;

    @Option(
            names = "--fmr",
            paramLabel = "RATE",
            defaultValue = "1e-6",
            description =
                    "Share of the reference's impostor pairs at the threshold or above (default: ${DEFAULT-VALUE}).")
    @Range(min = 0, max = 0.5)
    private double fmr;

    @Option(
            names = "--model",
            paramLabel = "NAME|PATH",
            defaultValue = Names.REFERENCE_ENCODER,
            description =
                    "Recogniser of pictures: `reference`, a model folder or a checkpoint (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--flip",
            description = "A picture's embedding is the normalised sum of its own and its mirror image's.")
    private boolean flip;

    @Option(
            names = "--fail-above",
            paramLabel = "N",
            description = "End with 1 where more than N identities are too close in one of the comparisons.")
    @Range(min = 0, max = Integer.MAX_VALUE)
    private Optional<Integer> failAbove;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder for report.html, report.json and CSV files of each identity's nearest (default: none is written).")
    private Optional<Path> out;

    private final List<Audit> audits = new ArrayList<>();
    /** Of each audit: every identity's closest. */
    private final List<List<Audit.Finding>> findings = new ArrayList<>();

    private final List<Neighbours> neighbours = new ArrayList<>();

    record Result(
            String model,
            int identities,
            int images,
            boolean passed,
            List<Audit> audits,
            double seconds,
            Optional<Path> out) {}

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        List<Path> inputs = new ArrayList<>(against);
        inputs.add(dataset);
        reference.ifPresent(inputs::add);
        FaceSources.requireThere(inputs);
        torch.apply();
        if (out.isPresent()) {
            results.claim(out.get());
        }
        try (FaceSources sources = new FaceSources(output, flip);
                FaceSet faces = sources.open(dataset, model)) {
            ImpostorThreshold threshold = threshold(sources, faces);
            for (Path set : against) {
                try (FaceSet others = sources.open(set, model)) {
                    compare(faces, others, threshold);
                }
            }
            compare(faces, faces, threshold);
            boolean passed = audits.stream().allMatch(a -> a.above() <= failAbove.orElse(Integer.MAX_VALUE));
            if (out.isPresent()) {
                write(faces);
            }
            output.result(
                    new Result(
                            model,
                            faces.identities(),
                            faces.images(),
                            passed,
                            audits,
                            (System.nanoTime() - start) / 1e9,
                            out),
                    text(threshold));
            return passed ? 0 : 1;
        }
    }

    private ImpostorThreshold threshold(FaceSources sources, FaceSet faces) throws IOException {
        try (FaceSet real = sources.open(reference.orElse(against.get(0)), model)) {
            FaceSources.requireSameEncoder(faces, real);
            long pairs = (long) real.images() * (real.images() - 1) / 2;
            ImpostorThreshold threshold = FaceSources.withProgress(
                    output, "reference " + real.name(), pairs, p -> ImpostorThreshold.of(real, fmr, p));
            if (threshold.pairs() * fmr < 1) {
                output.say(threshold.reference() + ": its " + threshold.pairs()
                        + " impostor pairs are too few for a rate of " + fmr + "; the threshold lies above them all");
            }
            return threshold;
        }
    }

    private void compare(FaceSet faces, FaceSet others, ImpostorThreshold threshold) {
        FaceSources.requireSameEncoder(faces, others);
        boolean itself = faces == others;
        NearestFaces nearest = FaceSources.withProgress(
                output,
                "search " + others.name(),
                (long) faces.images() * others.images(),
                p -> itself ? NearestFaces.within(faces, 1, p) : NearestFaces.in(faces, others, NEAREST, p));
        List<Audit.Finding> closest = Audit.nearest(faces, others, nearest);
        audits.add(Audit.of(faces, others, threshold, closest));
        findings.add(closest);
        if (!itself) {
            neighbours.add(Neighbours.of(faces, others, nearest, SHOWN_MATCHES));
        }
    }

    private void write(FaceSet faces) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("recogniser", model);
        facts.put("identities", Integer.toString(faces.identities()));
        facts.put("images", Integer.toString(faces.images()));
        EvaluationReport report = EvaluationReport.of("Audit of " + faces.name(), facts)
                .withAudits(audits)
                .withNeighbours(neighbours);
        WholeFiles.write(out.get().resolve("report.html"), report.html());
        WholeFiles.write(out.get().resolve("report.json"), report.json());
        for (int i = 0; i < audits.size(); i++) {
            String name = i < against.size() ? "leak-" + (i + 1) : audits.get(i).what();
            WholeFiles.write(out.get().resolve(name + ".csv"), audits.get(i).csv(findings.get(i)));
        }
    }

    private String text(ImpostorThreshold threshold) {
        return audits.stream()
                .map(a -> String.format(
                        Locale.ROOT,
                        "%s %s: %d identities at cosine %.4f or above (FMR %.1e on %s)",
                        a.what(),
                        a.against(),
                        a.above(),
                        threshold.threshold(),
                        threshold.fmr(),
                        threshold.reference()))
                .collect(Collectors.joining("\n"));
    }
}
