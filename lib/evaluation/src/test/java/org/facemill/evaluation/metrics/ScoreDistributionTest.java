package org.facemill.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScoreDistributionTest {

    @Test
    void sharesOfEachKindAddUpToOneAndLieWhereTheScoresAre() {
        ScoreDistribution distribution =
                ScoreDistribution.of(ScoreCounts.of(new double[] {0.8, 0.9, 0.9}, new double[] {0.1, 0.2}), 40);

        assertThat(Arrays.stream(distribution.genuine()).sum()).isCloseTo(1, within(1e-12));
        assertThat(Arrays.stream(distribution.impostor()).sum()).isCloseTo(1, within(1e-12));
        assertThat(distribution.from()).isLessThan(0.1);
        assertThat(distribution.to()).isGreaterThan(0.9);
        assertThat(mean(distribution, distribution.genuine())).isCloseTo(2.6 / 3, within(0.02));
        assertThat(mean(distribution, distribution.impostor())).isCloseTo(0.15, within(0.02));
    }

    @Test
    void aFewFarScoresDoNotStretchTheRange() {
        double[] genuine = new double[10_000];
        Arrays.fill(genuine, 0.5);
        genuine[0] = -1;
        double[] impostor = new double[10_000];
        Arrays.fill(impostor, 0.4);

        assertThat(ScoreDistribution.of(ScoreCounts.of(genuine, impostor), 10).from())
                .isGreaterThan(0.38);
    }

    private static double mean(ScoreDistribution distribution, double[] shares) {
        double mean = 0;
        for (int bin = 0; bin < shares.length; bin++) {
            mean += shares[bin] * distribution.centres()[bin];
        }
        return mean;
    }
}
