package org.facemill.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeparationMetricsTest {

    private static final Offset<Double> EXACT = within(1e-12);

    @ParameterizedTest
    @ValueSource(strings = {"normal", "ties", "separable", "overlap_small"})
    void figuresArePyeers(String name) throws IOException {
        JsonNode golden =
                Golden.json("08_align_eval/scores/case.json").get("metrics").get(name);

        SeparationMetrics metrics = SeparationMetrics.of(
                ScoreCounts.of(scores(name + "_genuine_scores.txt"), scores(name + "_imposter_scores.txt")));

        assertThat(metrics.eer()).isCloseTo(golden.get("eer").asDouble(), EXACT);
        assertThat(metrics.eerThreshold()).isCloseTo(golden.get("eer_th").asDouble(), EXACT);
        assertThat(metrics.fmr0()).isCloseTo(golden.get("fmr0").asDouble(), EXACT);
        assertThat(metrics.fmr100()).isCloseTo(golden.get("fmr100").asDouble(), EXACT);
        assertThat(metrics.fmr100Threshold()).isCloseTo(golden.get("fmr100_th").asDouble(), EXACT);
        assertThat(metrics.fmr1000()).isCloseTo(golden.get("fmr1000").asDouble(), EXACT);
        assertThat(metrics.fmr1000Threshold())
                .isCloseTo(golden.get("fmr1000_th").asDouble(), EXACT);
        assertThat(metrics.genuineMean()).isCloseTo(golden.get("gmean").asDouble(), EXACT);
        assertThat(metrics.genuineStd()).isCloseTo(golden.get("gstd").asDouble(), EXACT);
        assertThat(metrics.impostorMean()).isCloseTo(golden.get("imean").asDouble(), EXACT);
        assertThat(metrics.impostorStd()).isCloseTo(golden.get("istd").asDouble(), EXACT);
        assertThat(metrics.decidability()).isCloseTo(golden.get("decidability").asDouble(), within(1e-10));
        assertThat(metrics.fdr()).isCloseTo(golden.get("fdr").asDouble(), within(1e-10));
        assertThat(metrics.auc()).isCloseTo(golden.get("auc").asDouble(), EXACT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"normal", "ties", "separable", "overlap_small"})
    void errorRatesAtTheEndsArePyeers(String name) throws IOException {
        JsonNode golden =
                Golden.json("08_align_eval/scores/case.json").get("metrics").get(name);

        ErrorRates rates = ErrorRates.of(
                ScoreCounts.of(scores(name + "_genuine_scores.txt"), scores(name + "_imposter_scores.txt")));

        assertThat(rates.zeroFmr().threshold()).isCloseTo(golden.get("fmr0_th").asDouble(), EXACT);
        assertThat(rates.nearestTo(0.1).fnmr()).isCloseTo(golden.get("fmr10").asDouble(), EXACT);
        assertThat(rates.nearestTo(0.05).fnmr()).isCloseTo(golden.get("fmr20").asDouble(), EXACT);
        ErrorRates.Point equal = rates.equalError();
        assertThat(Math.min(equal.fmr(), equal.fnmr()))
                .isCloseTo(golden.get("eer_low").asDouble(), EXACT);
        assertThat(Math.max(equal.fmr(), equal.fnmr()))
                .isCloseTo(golden.get("eer_high").asDouble(), EXACT);
    }

    @Test
    void scoresThatAreAllTheSameAreCollapsedAndHaveNoErrorRateThatMeansAnything() {
        SeparationMetrics metrics = SeparationMetrics.of(ScoreCounts.of(new double[] {1, 1}, new double[] {1, 1, 1}));

        assertThat(metrics.collapsed()).isTrue();
        assertThat(metrics.eer()).isNaN();
        assertThat(metrics.eerThreshold()).isNaN();
        assertThat(metrics.fmr100()).isNaN();
        assertThat(metrics.fmr1000()).isNaN();
        assertThat(metrics.fdr()).isNaN();
        assertThat(metrics.decidability()).isNaN();
        assertThat(metrics.auc()).isEqualTo(0.5);
        assertThat(metrics.fmr0()).isEqualTo(1);
        assertThat(metrics.tarAtFar()).containsEntry("1e-2", 0.0);
    }

    @Test
    void pyeersNumbersOfCollapsedScoresStayAvailableBesideTheFmrWhereTheyWereTaken() {
        SeparationMetrics metrics = SeparationMetrics.of(ScoreCounts.of(new double[] {1, 1}, new double[] {1, 1, 1}));

        assertThat(metrics.pyeer()).isEqualTo(new SeparationMetrics.Pyeer(1, 0, 1, 0, 1));
    }

    @Test
    void oneOddPictureAmongEqualOnesDoesNotHideTheCollapse() {
        double[] genuine = new double[100];
        double[] impostor = new double[1000];
        Arrays.fill(genuine, 1);
        Arrays.fill(impostor, 1);
        genuine[0] = 0.3;
        Arrays.fill(impostor, 0, 20, 0.2);

        SeparationMetrics metrics = SeparationMetrics.of(ScoreCounts.of(genuine, impostor));

        assertThat(metrics.collapsed()).isTrue();
        assertThat(metrics.fmr100()).isNaN();
        assertThat(metrics.fmr1000()).isNaN();
        assertThat(metrics.pyeer().fmr100()).isZero();
        assertThat(metrics.pyeer().fmrOfFmr100()).isEqualTo(0.98);
    }

    @Test
    void scoresThatDifferByRoundingAloneAreCollapsed() {
        Random random = new Random(3);
        double[] genuine = random.doubles(500, 0.99998, 1).toArray();
        double[] impostor = random.doubles(500, 0.99998, 1).toArray();

        SeparationMetrics metrics = SeparationMetrics.of(ScoreCounts.of(genuine, impostor));

        assertThat(metrics.collapsed()).isTrue();
        assertThat(metrics.eer()).isBetween(0.4, 0.6);
    }

    @Test
    void narrowScoresThatPartAreNotCollapsed() {
        SeparationMetrics metrics =
                SeparationMetrics.of(ScoreCounts.of(new double[] {0.999, 0.998}, new double[] {0.995, 0.994, 0.996}));

        assertThat(metrics.collapsed()).isFalse();
        assertThat(metrics.eer()).isZero();
        assertThat(metrics.fmr100()).isZero();
    }

    @Test
    void fewPairsKeepPyeersNumbersThoughTheirRatesAreCoarse() {
        SeparationMetrics metrics =
                SeparationMetrics.of(ScoreCounts.of(new double[] {0.2, 0.5, 0.9}, new double[] {0.1, 0.3, 0.95}));

        assertThat(metrics.collapsed()).isFalse();
        assertThat(metrics.fmr1000()).isEqualTo(metrics.pyeer().fmr1000());
    }

    @Test
    void withoutPairsOfBothKindsThereAreNoRates() {
        ScoreCounts counts = ScoreCounts.of(new double[] {0.5}, new double[0]);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> SeparationMetrics.of(counts))
                .withMessageContaining("there are 1 and 0");
    }

    @Test
    void aScoreThatIsNoNumberIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ScoreCounts.of(new double[] {0.5, Double.NaN}, new double[] {0}))
                .withMessageStartingWith("genuine scores hold NaN");
    }

    private static double[] scores(String file) throws IOException {
        return Files.readAllLines(Golden.path("08_align_eval/scores/" + file)).stream()
                .filter(line -> !line.isBlank())
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
