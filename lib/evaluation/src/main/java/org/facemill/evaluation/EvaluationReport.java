package org.facemill.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is found out about a dataset or a recogniser, for programs as JSON and for people as one page that needs no other
 * file. The same content gives the same bytes.
 *
 * @param title heading of the page
 * @param facts what was judged and by what, by name: run, recogniser, digest, ...; any text
 * @param separation scores of the dataset's identities, where identities were compared
 * @param benchmarks results on verification sets
 * @param contactSheet identities to show
 */
public record EvaluationReport(
        String title,
        Map<String, String> facts,
        Optional<Separation> separation,
        List<Benchmark> benchmarks,
        List<ContactRow> contactSheet) {

    /** Identities listed as least alike in themselves, and pairs listed as most alike. */
    static final int LISTED = 10;
    /** Points of the ROC curve, and bins of the distributions, that are kept. */
    static final int CURVE_POINTS = 400;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public EvaluationReport {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        benchmarks = List.copyOf(benchmarks);
        contactSheet = List.copyOf(contactSheet);
    }

    /**
     * All figures by name: those of the separation as they are called ({@code eer}, {@code fmr100}, ...), those of a
     * verification set under its name ({@code lfw_accuracy}, {@code lfw_accuracy_std}, {@code lfw_eer}, {@code lfw_auc}).
     */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        separation.ifPresent(s -> metrics.putAll(s.metrics().byName()));
        for (Benchmark benchmark : benchmarks) {
            benchmark.metrics().forEach((name, value) -> metrics.put(benchmark.name() + "_" + name, value));
        }
        return metrics;
    }

    /** The report as UTF-8 JSON, names in lower case. */
    public byte[] json() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("title", title);
        root.put("facts", facts);
        root.put("metrics", metrics());
        separation.ifPresent(s -> putSeparation(root, s));
        root.put(
                "benchmarks",
                benchmarks.stream().map(EvaluationReport::benchmark).toList());
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of plain values can be written", e);
        }
    }

    /** The report as UTF-8 HTML with charts and pictures inside. */
    public byte[] html() {
        return new ReportPage(this).render().getBytes(StandardCharsets.UTF_8);
    }

    /** Identities whose own images are least alike, worst first. */
    static List<IdentityLikeness> leastAlike(Separation separation) {
        return separation.likeness().stream()
                .filter(i -> i.images() > 1)
                .sorted(Comparator.comparingDouble(IdentityLikeness::genuineMean))
                .limit(LISTED)
                .toList();
    }

    /** Identities that another one resembles most, each pair once, closest first. */
    static List<IdentityLikeness> closestPairs(Separation separation) {
        Map<Long, Long> nearest = new LinkedHashMap<>();
        separation.likeness().forEach(i -> nearest.put(i.ordinal(), i.nearest()));
        return separation.likeness().stream()
                .filter(i -> i.nearest() >= 0)
                .filter(i -> i.ordinal() < i.nearest() || nearest.get(i.nearest()) != i.ordinal())
                .sorted(Comparator.comparingDouble(IdentityLikeness::nearestCosine)
                        .reversed())
                .limit(LISTED)
                .toList();
    }

    private static void putSeparation(Map<String, Object> root, Separation separation) {
        root.put("identities", separation.identities());
        root.put("images", separation.images());
        root.put(
                "thresholds",
                Map.of(
                        "eer",
                        separation.metrics().eerThreshold(),
                        "fmr100",
                        separation.metrics().fmr100Threshold(),
                        "fmr1000",
                        separation.metrics().fmr1000Threshold()));
        RocCurve curve = RocCurve.of(separation.scores(), CURVE_POINTS);
        root.put("roc", Map.of("far", curve.far(), "tar", curve.tar()));
        root.put(
                "least_alike",
                leastAlike(separation).stream()
                        .map(i -> Map.of("ordinal", i.ordinal(), "images", i.images(), "genuine_mean", i.genuineMean()))
                        .toList());
        root.put(
                "closest_pairs",
                closestPairs(separation).stream()
                        .map(i -> Map.of("ordinal", i.ordinal(), "nearest", i.nearest(), "cosine", i.nearestCosine()))
                        .toList());
    }

    private static Map<String, Object> benchmark(Benchmark benchmark) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("name", benchmark.name());
        named.put("pairs", benchmark.pairs());
        named.putAll(benchmark.metrics());
        named.put("tar_at_far", benchmark.result().separation().tarAtFar());
        return named;
    }
}
