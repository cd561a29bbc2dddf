package org.facemill.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facemill.contracts.Json;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.evaluation.metrics.Benchmark;

/**
 * What is found out about a dataset or a recogniser, for programs as JSON and for people as one page that needs no other
 * file. The same content gives the same bytes.
 *
 * @param title heading of the page
 * @param facts what was judged and by what, by name: run, recogniser, digest, ...; any text
 * @param separation scores of the dataset's identities, where identities were compared
 * @param comparisons scores against other sets
 * @param neighbours what resembles the dataset's identities most in another set
 * @param audits what of the dataset is too close to something else
 * @param omissions what could not be judged, and why
 * @param benchmarks results on verification sets
 * @param trainedVersions recognisers trained on versions of one dataset, the first version first
 * @param contactSheet identities to show
 * @param highlights identities that stand out; in their place the page has tables by ordinal where there are none
 */
public record EvaluationReport(
        String title,
        Map<String, String> facts,
        Optional<Separation> separation,
        List<Comparison> comparisons,
        List<Neighbours> neighbours,
        List<Audit> audits,
        List<Omission> omissions,
        List<Benchmark> benchmarks,
        List<TrainedVersion> trainedVersions,
        List<ContactRow> contactSheet,
        List<Highlight> highlights) {

    /**
     * Something that could not be judged.
     *
     * @param name the identity or picture
     * @param reason why
     */
    public record Omission(String name, String reason) {}

    public EvaluationReport {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        comparisons = List.copyOf(comparisons);
        neighbours = List.copyOf(neighbours);
        audits = List.copyOf(audits);
        omissions = List.copyOf(omissions);
        benchmarks = List.copyOf(benchmarks);
        trainedVersions = List.copyOf(trainedVersions);
        contactSheet = List.copyOf(contactSheet);
        highlights = List.copyOf(highlights);
    }

    /** A report with nothing found out yet. */
    public static EvaluationReport of(String title, Map<String, String> facts) {
        return new EvaluationReport(
                title,
                facts,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    public EvaluationReport with(Separation found) {
        return new EvaluationReport(
                title,
                facts,
                Optional.of(found),
                comparisons,
                neighbours,
                audits,
                omissions,
                benchmarks,
                trainedVersions,
                contactSheet,
                highlights);
    }

    public EvaluationReport withComparisons(List<Comparison> found) {
        return new EvaluationReport(
                title,
                facts,
                separation,
                found,
                neighbours,
                audits,
                omissions,
                benchmarks,
                trainedVersions,
                contactSheet,
                highlights);
    }

    public EvaluationReport withNeighbours(List<Neighbours> found) {
        return new EvaluationReport(
                title,
                facts,
                separation,
                comparisons,
                found,
                audits,
                omissions,
                benchmarks,
                trainedVersions,
                contactSheet,
                highlights);
    }

    public EvaluationReport withAudits(List<Audit> found) {
        return new EvaluationReport(
                title,
                facts,
                separation,
                comparisons,
                neighbours,
                found,
                omissions,
                benchmarks,
                trainedVersions,
                contactSheet,
                highlights);
    }

    public EvaluationReport withOmissions(List<Omission> found) {
        return new EvaluationReport(
                title,
                facts,
                separation,
                comparisons,
                neighbours,
                audits,
                found,
                benchmarks,
                trainedVersions,
                contactSheet,
                highlights);
    }

    public EvaluationReport withBenchmarks(List<Benchmark> found) {
        return new EvaluationReport(
                title,
                facts,
                separation,
                comparisons,
                neighbours,
                audits,
                omissions,
                found,
                trainedVersions,
                contactSheet,
                highlights);
    }

    public EvaluationReport withTrainedVersions(List<TrainedVersion> found) {
        return new EvaluationReport(
                title,
                facts,
                separation,
                comparisons,
                neighbours,
                audits,
                omissions,
                benchmarks,
                found,
                contactSheet,
                highlights);
    }

    public EvaluationReport withContactSheet(List<ContactRow> rows) {
        return new EvaluationReport(
                title,
                facts,
                separation,
                comparisons,
                neighbours,
                audits,
                omissions,
                benchmarks,
                trainedVersions,
                rows,
                highlights);
    }

    public EvaluationReport withHighlights(List<Highlight> found) {
        return new EvaluationReport(
                title,
                facts,
                separation,
                comparisons,
                neighbours,
                audits,
                omissions,
                benchmarks,
                trainedVersions,
                contactSheet,
                found);
    }

    /**
     * All figures by name that are defined: those of the separation as they are called ({@code eer}, {@code fmr100}, ...),
     * those of a verification set under its name ({@code lfw_accuracy}, {@code lfw_accuracy_std}, {@code lfw_eer},
     * {@code lfw_auc}), and {@code omitted}, where something could not be judged.
     */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        separation.ifPresent(s -> metrics.putAll(s.metrics().byName()));
        for (Benchmark benchmark : benchmarks) {
            benchmark.metrics().forEach((name, value) -> metrics.put(benchmark.name() + "_" + name, value));
        }
        if (!omissions.isEmpty()) {
            metrics.put("omitted", (double) omissions.size());
        }
        metrics.values().removeIf(value -> !Double.isFinite(value));
        return metrics;
    }

    /** The report as UTF-8 JSON, valid by {@code report.schema.json} beside this class. */
    public byte[] json() {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(ReportJson.of(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of plain values can be written", e);
        }
    }

    /** The report as UTF-8 HTML with charts and pictures inside. */
    public byte[] html() {
        return ReportPage.of(this).html().getBytes(StandardCharsets.UTF_8);
    }
}
