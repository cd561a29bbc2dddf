package org.facemill.cli.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.event.RunState;

/**
 * A completed run whose results were copied out of the store.
 *
 * @param identities the ledger's counts
 * @param seconds from its submission to its end
 * @param digest of the dataset
 * @param metrics figures of the evaluation by the field's names
 * @param dataset folder with manifest.json and the formats asked for
 * @param reports each a report.json of the dataset or of the recogniser, with the page report.html beside it
 * @param recogniser folder of the model trained on the dataset; empty where none was asked for
 */
public record RunResult(
        String run,
        RunState state,
        Map<String, Long> identities,
        double seconds,
        String digest,
        Map<String, Double> metrics,
        Path dataset,
        List<Path> reports,
        Optional<Path> recogniser) {

    /** The figures of the evaluation that people look at first; the reports hold the others. */
    private static final Set<String> HEADLINES = Set.of("eer", "auc", "fmr100", "genuine_mean", "impostor_mean");

    /** Copies dataset, evaluation and recogniser of a run into folders of these names. */
    public static RunResult copy(RunStatus run, BucketTransfer store, Path folder) throws IOException {
        Path dataset = folder.resolve("dataset");
        Path evaluation = folder.resolve("evaluation");
        Path recogniser = folder.resolve("recogniser");
        store.download(Buckets.DATASETS, Buckets.dataset(run.run(), run.versions()), dataset);
        store.download(Buckets.EVALUATIONS, Buckets.evaluation(run.run()), evaluation);
        int modelFiles = store.download(
                Buckets.MODELS, Buckets.model(Buckets.frModelName(run.run(), run.versions())), recogniser);
        String digest = read(dataset.resolve("manifest.json")).path("digest").asText();
        List<Path> reports = reports(evaluation);
        return new RunResult(
                run.run(),
                run.state(),
                run.identities(),
                run.seconds(),
                digest,
                metrics(reports),
                dataset,
                reports,
                modelFiles > 0 ? Optional.of(recogniser) : Optional.empty());
    }

    /** The result as people read it: a table of figures, then where things lie. */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "run", run + " " + state.name().toLowerCase(Locale.ROOT));
        identities.forEach((name, count) -> {
            if (count > 0) {
                line(text, "identities " + name, count.toString());
            }
        });
        metrics.forEach((name, value) -> {
            if (HEADLINES.contains(name) || name.endsWith("accuracy")) {
                line(text, name, String.format(Locale.ROOT, "%.4f", value));
            }
        });
        line(text, "seconds", String.format(Locale.ROOT, "%.0f", seconds));
        line(text, "digest", digest);
        line(text, "dataset", dataset.toString());
        reports.forEach(report ->
                line(text, "report", report.resolveSibling("report.html").toString()));
        recogniser.ifPresent(model -> line(text, "recogniser", model.toString()));
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("  %-24s %s%n", name, value));
    }

    private static List<Path> reports(Path evaluation) throws IOException {
        try (Stream<Path> files = Files.walk(evaluation)) {
            return files.filter(file -> file.endsWith("report.json")).sorted().toList();
        }
    }

    private static Map<String, Double> metrics(List<Path> reports) throws IOException {
        Map<String, Double> metrics = new TreeMap<>();
        for (Path report : reports) {
            read(report)
                    .path("metrics")
                    .properties()
                    .forEach(m -> metrics.put(m.getKey(), m.getValue().asDouble()));
        }
        return metrics;
    }

    private static JsonNode read(Path json) throws IOException {
        return Json.MAPPER.readTree(Files.readAllBytes(json));
    }
}
