package org.facemill.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.facemill.evaluation.comparison.Embeddings;
import org.facemill.evaluation.comparison.IdentitySeparation;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.evaluation.metrics.Benchmark;
import org.facemill.evaluation.metrics.PairVerification;
import org.facemill.evaluation.metrics.RocCurve;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.evaluation.metrics.SeparationMetrics;
import org.facemill.images.RgbImage;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {

    @Test
    void jsonHoldsEveryFigureByItsName() throws IOException {
        EvaluationReport report = report("demo");

        JsonNode json = new ObjectMapper().readTree(report.json());

        SeparationMetrics metrics = report.separation().orElseThrow().metrics();
        assertThat(json.get("identities").asInt()).isEqualTo(24);
        assertThat(json.get("metrics").get("eer").asDouble()).isEqualTo(metrics.eer());
        assertThat(json.get("metrics").get("fmr100").asDouble()).isEqualTo(metrics.fmr100());
        assertThat(json.get("metrics").get("tar_at_far_1e-3").asDouble())
                .isEqualTo(metrics.tarAtFar().get("1e-3"));
        assertThat(json.get("benchmarks").get(0).get("accuracy").asDouble()).isEqualTo(1);
        assertThat(json.get("least_alike")).hasSize(10);
        assertThat(json.get("facts").get("run").asText()).isEqualTo("demo");
    }

    @Test
    void jsonIsValidByItsSchemaWhateverTheReportHolds() throws IOException {
        ScoreCounts same = ScoreCounts.of(new double[] {1, 1}, new double[] {1, 1});
        EvaluationReport full = report("demo")
                .withComparisons(List.of(Comparison.of("real_synthetic", "Real and synthetic", "all pairs", same)))
                .withNeighbours(List.of(new Neighbours(
                        "real",
                        new float[] {0.5f, 0.25f},
                        List.of(new Neighbours.Match(
                                "id 3",
                                Optional.empty(),
                                List.of(new Neighbours.Neighbour("a.png", 0.5, Optional.empty())))))))
                .withAudits(List.of(new Audit(
                        "leak", "training", "real", 1e-3, 0.9, 384, 1, List.of(new Audit.Finding("3", "a.png", 0.95)))))
                .withTrainedVersions(List.of(new TrainedVersion(1, 24, Map.of("lfw", 0.8))))
                .withOmissions(List.of(new EvaluationReport.Omission("identity 7", "the network's output is zero")));
        EvaluationReport empty = EvaluationReport.of("nothing", Map.of());

        for (EvaluationReport report : List.of(full, empty, report("demo"))) {
            assertThat(schema().validate(new ObjectMapper().readTree(report.json())))
                    .isEmpty();
        }
        assertThat(new String(full.json(), StandardCharsets.UTF_8)).doesNotContain("NaN");
        assertThat(full.metrics()).containsEntry("omitted", 1.0);
    }

    @Test
    void whatIsWrongWithADatasetStandsOnTopOfThePage() {
        double[] same = {1, 1, 1};
        EvaluationReport report = EvaluationReport.of("collapsed", Map.of())
                .with(new Separation(
                        2, 4, ScoreCounts.of(same, same), SeparationMetrics.of(ScoreCounts.of(same, same)), List.of()))
                .withAudits(List.of(new Audit("leak", "training", "real", 1e-3, 0.9, 384, 2, List.of())))
                .withOmissions(List.of(new EvaluationReport.Omission("identity 7", "its output is zero")));

        String page = new String(report.html(), StandardCharsets.UTF_8);

        assertThat(page)
                .contains("<b>Collapsed.</b>")
                .contains("<b>Leaking.</b> 2 identities")
                .contains("<b>Not all is judged.</b>")
                .contains("<td>identity 7</td><td>its output is zero</td>")
                .contains("<b>–</b><span>FMR100</span>");
        assertThat(report.metrics()).containsEntry("collapsed", 1.0).doesNotContainKeys("eer", "fmr100", "fdr");
    }

    @Test
    void thePageIsWholeAndTheSameForTheSameContent() throws IOException {
        byte[] page = report("demo").html();

        assertThat(new String(page, StandardCharsets.UTF_8))
                .contains("<svg")
                .contains("data:image/jpeg;base64,")
                .contains("Verification accuracy")
                .doesNotContain("src=\"http")
                .doesNotContain("href=\"http");
        assertThat(report("demo").html()).isEqualTo(page);
        Files.write(Path.of("target/report.html"), page);
    }

    @Test
    void namesFromOutsideCannotBecomeMarkup() {
        String page = new String(report("<script>alert('x')</script>\"&").html(), StandardCharsets.UTF_8);

        assertThat(page)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;");
    }

    @Test
    void aReportOfBenchmarksAloneHasNoSeparation() throws IOException {
        EvaluationReport report = EvaluationReport.of("fr", Map.of()).withBenchmarks(List.of(benchmark()));

        assertThat(new ObjectMapper().readTree(report.json()).has("identities")).isFalse();
        assertThat(report.metrics()).containsOnlyKeys("lfw_accuracy", "lfw_accuracy_std", "lfw_eer", "lfw_auc");
        assertThat(new String(report.html(), StandardCharsets.UTF_8))
                .contains("<td>lfw</td>")
                .doesNotContain("<svg");
    }

    @Test
    void accuracyAgainstNumberOfIdentitiesIsACurveFromTheSecondVersionOn() {
        TrainedVersion first = new TrainedVersion(1, 1000, Map.of("lfw", 0.8));
        TrainedVersion second = new TrainedVersion(2, 2000, Map.of("lfw", 0.9, "unseen", 0.7));
        EvaluationReport report = EvaluationReport.of("fr", Map.of());

        String page =
                new String(report.withTrainedVersions(List.of(first, second)).html(), StandardCharsets.UTF_8);

        assertThat(page)
                .contains("Accuracy against number of identities", "<svg")
                .contains("<td>v1</td><td>1,000</td>", "<td>v2</td><td>2,000</td>", "80.00 %", "90.00 %", "70.00 %");
        assertThat(new String(report.withTrainedVersions(List.of(first)).html(), StandardCharsets.UTF_8))
                .doesNotContain("<svg");
    }

    @Test
    void theRocCurveFallsFromOneToASingleFalseAccept() {
        ScoreCounts scores = report("demo").separation().orElseThrow().scores();

        RocCurve curve = RocCurve.of(scores, 400);

        assertThat(curve.far()).hasSizeBetween(100, 400).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(curve.far()[0]).isEqualTo(1);
        assertThat(curve.far()[curve.far().length - 1]).isCloseTo(1.0 / scores.impostorPairs(), within(1e-12));
        assertThat(curve.tar()[0]).isEqualTo(1);
    }

    private static JsonSchema schema() {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(EvaluationReport.class.getResourceAsStream("report.schema.json"));
    }

    private static EvaluationReport report(String name) {
        Random random = new Random(5);
        IdentitySeparation separation = new IdentitySeparation(128);
        List<ContactRow> rows = new ArrayList<>();
        for (int ordinal = 0; ordinal < 24; ordinal++) {
            float[] centre = gaussian(random, 128);
            float[] values = gaussian(random, 16 * 128);
            for (int i = 0; i < values.length; i++) {
                values[i] = 1.3f * values[i] + centre[i % 128];
            }
            separation.add(ordinal, Embeddings.normalised("", 16, 128, values));
            rows.add(new ContactRow(name + " " + ordinal, pictures(random)));
        }
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("run", name);
        facts.put("recogniser", "reference");
        facts.put("digest", "d34d".repeat(16));
        return EvaluationReport.of("Dataset of run " + name, facts)
                .with(Separation.of(separation))
                .withBenchmarks(List.of(benchmark()))
                .withContactSheet(rows);
    }

    private static Benchmark benchmark() {
        double[] distances = new double[100];
        boolean[] same = new boolean[100];
        for (int i = 0; i < 100; i++) {
            same[i] = i % 2 == 0;
            distances[i] = same[i] ? 0.5 : 1.5;
        }
        return new Benchmark("lfw", 100, PairVerification.of(distances, same));
    }

    private static List<RgbImage> pictures(Random random) {
        byte[] pixels = new byte[112 * 112 * 3];
        byte[] colour = new byte[3];
        random.nextBytes(colour);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) ((colour[i % 3] & 0xFF) * (i / 336) / 112);
        }
        RgbImage picture = new RgbImage(112, 112, pixels);
        return List.of(picture, picture.flipped(), picture, picture, picture, picture, picture, picture);
    }

    private static float[] gaussian(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
