package org.facemill.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;

class PairVerificationTest {

    private static final String CASE = "08_align_eval/verification/";

    @Test
    void accuracyAndThresholdsAreVerificationPys() {
        JsonNode golden = Golden.json(CASE + "case.json");

        PairVerification verification = PairVerification.of(distances(), same());

        assertThat(verification.accuracy())
                .isCloseTo(golden.get("accuracy_mean").asDouble(), within(1e-12));
        assertThat(verification.accuracyStd())
                .isCloseTo(golden.get("accuracy_std").asDouble(), within(1e-12));
        for (int fold = 0; fold < 10; fold++) {
            assertThat(verification.foldAccuracy()[fold])
                    .isCloseTo(golden.get("accuracy_per_fold").get(fold).asDouble(), within(1e-12));
            assertThat(verification.foldThreshold()[fold])
                    .isCloseTo(
                            golden.get("best_train_threshold_per_fold")
                                    .get(fold)
                                    .asDouble(),
                            within(1e-12));
        }
    }

    @Test
    void tarAtFarIsTheOriginals() {
        JsonNode golden =
                Golden.json(CASE + "case.json").get("tar_at_far_all_pairs").get("values");

        SeparationMetrics separation = PairVerification.of(distances(), same()).separation();

        assertThat(separation.tarAtFar().get("1e-2"))
                .isCloseTo(golden.get("0.01").get("tar").asDouble(), within(1e-12));
        assertThat(separation.tarAtFar().get("1e-3"))
                .isCloseTo(golden.get("0.001").get("tar").asDouble(), within(1e-12));
    }

    @Test
    void aFarOfAWholeNumberOfPairsIsNotMissedByRounding() {
        double[] impostors = new double[300];
        Arrays.setAll(impostors, i -> i / 300.0);
        double[] genuine = {impostors[296] - 1e-6, impostors[296] + 1e-6};

        ErrorRates rates = ErrorRates.of(ScoreCounts.of(genuine, impostors));

        assertThat(rates.tarAtFar(0.01)).isEqualTo(0.5);
    }

    @Test
    void tooFewPairsAreRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PairVerification.of(new double[9], new boolean[9]))
                .withMessageContaining("at least 10");
    }

    private static double[] distances() {
        return Golden.doubles(CASE + "dist_float64.npy");
    }

    private static boolean[] same() {
        long[] golden = Golden.longs(CASE + "issame.npy");
        boolean[] same = new boolean[golden.length];
        for (int i = 0; i < same.length; i++) {
            same[i] = golden[i] != 0;
        }
        return same;
    }
}
