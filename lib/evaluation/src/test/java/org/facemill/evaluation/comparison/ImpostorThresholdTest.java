package org.facemill.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpostorThresholdTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.01, 1e-3})
    void atMostTheWantedShareOfImpostorsReachesIt(double fmr) {
        double[] impostors = new Random(1).doubles(10_000).toArray();

        ImpostorThreshold threshold = threshold(fmr, impostors);

        long reaching = 0;
        for (double score : impostors) {
            reaching += score >= threshold.threshold() ? 1 : 0;
        }
        assertThat(reaching).isLessThanOrEqualTo((long) (fmr * 10_000)).isGreaterThan((long) (fmr * 10_000) - 3);
        assertThat(threshold.fmr()).isCloseTo(fmr, within(3e-4));
        assertThat(threshold.pairs()).isEqualTo(10_000);
    }

    @Test
    void withTooFewPairsItLiesJustAboveThemAll() {
        ImpostorThreshold threshold = threshold(1e-6, 0.25, 0.5, -0.5);

        assertThat(threshold.threshold()).isCloseTo(0.5, within(1e-5)).isGreaterThan(0.5);
        assertThat(threshold.fmr()).isZero();
    }

    @Test
    void copiesInTheReferenceHideNoCopiesElsewhere() {
        ImpostorThreshold threshold = threshold(1e-6, 0.25, 1, 1);

        assertThat(threshold.threshold()).isEqualTo(0.9999);
        assertThat(threshold.fmr()).isCloseTo(2 / 3.0, within(1e-9));
    }

    private static ImpostorThreshold threshold(double fmr, double... impostors) {
        return ImpostorThreshold.of("real", ScoreCounts.of(new double[0], impostors), fmr);
    }
}
