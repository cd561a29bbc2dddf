package org.facemill.evaluation.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facemill.evaluation.comparison.IdentityLikeness;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.evaluation.metrics.Benchmark;
import org.facemill.evaluation.metrics.RocCurve;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.evaluation.metrics.ScoreDistribution;
import org.facemill.evaluation.metrics.SeparationMetrics;

/** A report as report.json has it. What was not evaluated is absent, what is not defined is null. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ReportJson(
        String title,
        Map<String, String> facts,
        Map<String, Double> metrics,
        Optional<Boolean> collapsed,
        Optional<SeparationMetrics.Pyeer> pyeer,
        Optional<Integer> identities,
        Optional<Integer> images,
        Optional<Thresholds> thresholds,
        Optional<RocCurve> roc,
        Optional<ScoreDistribution> distribution,
        Optional<List<LeastAlike>> leastAlike,
        Optional<List<ClosestPair>> closestPairs,
        List<Compared> comparisons,
        List<Nearest> nearest,
        List<Audit> audits,
        List<EvaluationReport.Omission> omitted,
        List<Map<String, Object>> benchmarks,
        List<TrainedVersion> trainedVersions) {

    /** Points of the ROC curve that are kept. */
    static final int CURVE_POINTS = 400;

    record Thresholds(double eer, double fmr100, double fmr1000) {

        static Thresholds of(SeparationMetrics metrics) {
            return new Thresholds(metrics.eerThreshold(), metrics.fmr100Threshold(), metrics.fmr1000Threshold());
        }
    }

    record LeastAlike(long ordinal, int images, double genuineMean) {

        static LeastAlike of(IdentityLikeness likeness) {
            return new LeastAlike(likeness.ordinal(), likeness.images(), likeness.genuineMean());
        }
    }

    record ClosestPair(long ordinal, long nearest, double cosine) {

        static ClosestPair of(IdentityLikeness likeness) {
            return new ClosestPair(likeness.ordinal(), likeness.nearest(), likeness.nearestCosine());
        }
    }

    record Compared(
            String key,
            String note,
            Map<String, Double> metrics,
            boolean collapsed,
            SeparationMetrics.Pyeer pyeer,
            Thresholds thresholds,
            RocCurve roc) {

        static Compared of(Comparison comparison) {
            SeparationMetrics metrics = comparison.metrics();
            return new Compared(
                    comparison.key(),
                    comparison.note(),
                    metrics.byName(),
                    metrics.collapsed(),
                    metrics.pyeer(),
                    Thresholds.of(metrics),
                    RocCurve.of(comparison.scores(), CURVE_POINTS));
        }
    }

    record Nearest(String set, int images, double mean, double max, List<Match> closest) {

        record Match(String identity, List<Neighbour> nearest) {}

        record Neighbour(String name, double cosine) {}

        static Nearest of(Neighbours neighbours) {
            return new Nearest(
                    neighbours.set(),
                    neighbours.scores().length,
                    neighbours.mean(),
                    neighbours.max(),
                    neighbours.closest().stream().map(Nearest::match).toList());
        }

        private static Match match(Neighbours.Match match) {
            return new Match(
                    match.identity(),
                    match.nearest().stream()
                            .map(n -> new Neighbour(n.name(), n.cosine()))
                            .toList());
        }
    }

    static ReportJson of(EvaluationReport report) {
        Optional<Separation> separation = report.separation();
        Optional<SeparationMetrics> metrics = separation.map(Separation::metrics);
        Map<String, Double> figures = new LinkedHashMap<>();
        metrics.ifPresent(m -> figures.putAll(m.byName()));
        figures.putAll(report.metrics());
        return new ReportJson(
                report.title(),
                report.facts(),
                figures,
                metrics.map(SeparationMetrics::collapsed),
                metrics.map(SeparationMetrics::pyeer),
                separation.map(Separation::identities),
                separation.map(Separation::images),
                metrics.map(Thresholds::of),
                separation.map(s -> curve(s.scores())),
                separation.map(s -> ScoreDistribution.of(s.scores(), Charts.BINS)),
                separation.map(
                        s -> Outliers.leastAlike(s).stream().map(LeastAlike::of).toList()),
                separation.map(s ->
                        Outliers.closestPairs(s).stream().map(ClosestPair::of).toList()),
                report.comparisons().stream().map(Compared::of).toList(),
                report.neighbours().stream().map(Nearest::of).toList(),
                report.audits(),
                report.omissions(),
                report.benchmarks().stream().map(ReportJson::benchmark).toList(),
                report.trainedVersions());
    }

    private static RocCurve curve(ScoreCounts scores) {
        return RocCurve.of(scores, CURVE_POINTS);
    }

    private static Map<String, Object> benchmark(Benchmark benchmark) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("name", benchmark.name());
        named.put("pairs", benchmark.pairs());
        named.put("accuracy", benchmark.result().accuracy());
        named.put("accuracy_std", benchmark.result().accuracyStd());
        named.put("eer", benchmark.result().separation().eer());
        named.put("auc", benchmark.result().separation().auc());
        named.put("collapsed", benchmark.result().separation().collapsed());
        named.put("tar_at_far", benchmark.result().separation().tarAtFar());
        return named;
    }
}
