package org.facemill.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
        EvaluationReport report =
                new EvaluationReport("fr", Map.of(), Optional.empty(), List.of(benchmark()), List.of());

        assertThat(new ObjectMapper().readTree(report.json()).has("identities")).isFalse();
        assertThat(report.metrics()).containsOnlyKeys("lfw_accuracy", "lfw_accuracy_std", "lfw_eer", "lfw_auc");
        assertThat(new String(report.html(), StandardCharsets.UTF_8))
                .contains("<td>lfw</td>")
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
        return new EvaluationReport(
                "Dataset of run " + name, facts, Optional.of(Separation.of(separation)), List.of(benchmark()), rows);
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
