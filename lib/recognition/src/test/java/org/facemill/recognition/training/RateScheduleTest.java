package org.facemill.recognition.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;

/** Against golden/07_fr/lr_schedules.json and reduce_on_plateau.json. */
class RateScheduleTest {

    @Test
    void admisLowersTheRateAt22And28And32() {
        JsonNode rates = Golden.json("07_fr/lr_schedules.json").at("/tface/lr_by_epoch0");
        RateSchedule schedule = new StepSchedule(0.1, 0.1, List.of(22, 28, 32), 0);

        for (int epoch = 0; epoch < rates.size(); epoch++) {
            assertThat(schedule.rate(epochs(epoch))).isCloseTo(rates.get(epoch).asDouble(), within(1e-15));
        }
    }

    @Test
    void idiffFaceCountsItsMilestonesFromOne() {
        JsonNode factors = Golden.json("07_fr/lr_schedules.json").at("/idiff/lr_func_factor_by_epoch");
        RateSchedule schedule = new StepSchedule(1, 0.1, List.of(21, 29, 34), 0);

        for (int epoch = 0; epoch < factors.size(); epoch++) {
            assertThat(schedule.rate(epochs(epoch)))
                    .isCloseTo(factors.get(epoch).asDouble(), within(1e-15));
        }
    }

    @Test
    void warmUpRisesQuadraticallyToTheBaseRate() {
        RateSchedule schedule = new StepSchedule(0.5, 0.1, List.of(10), 4);

        assertThat(schedule.rate(epochs(0))).isEqualTo(0.5 / 25, within(1e-12));
        assertThat(schedule.rate(epochs(3))).isEqualTo(0.5 * 16 / 25, within(1e-12));
        assertThat(schedule.rate(epochs(4))).isEqualTo(0.5);
        assertThat(schedule.rate(epochs(10))).isEqualTo(0.05, within(1e-12));
    }

    @Test
    void plateauLowersTheRateAsTorchDoes() {
        JsonNode golden = Golden.json("07_fr/reduce_on_plateau.json");
        RateSchedule schedule = new PlateauSchedule(0.05, 0.1, 4, 100);

        List<Double> done = new ArrayList<>();
        for (int epoch = 0; epoch < golden.get("accuracies").size(); epoch++) {
            assertThat(schedule.rate(done))
                    .as("epoch %d", epoch)
                    .isCloseTo(golden.get("lr_during_epoch").get(epoch).asDouble(), within(1e-15));
            done.add(golden.get("accuracies").get(epoch).asDouble());
        }
    }

    @Test
    void plateauEndsAfterSixEpochsWithoutABetterOne() {
        RateSchedule schedule = new PlateauSchedule(0.05, 0.1, 4, 6);

        assertThat(schedule.finished(List.of(0.5, 0.7, 0.6, 0.6, 0.6, 0.7, 0.6)))
                .isFalse();
        assertThat(schedule.finished(List.of(0.5, 0.7, 0.6, 0.6, 0.6, 0.7, 0.6, 0.6)))
                .isTrue();
    }

    @Test
    void plateauGoesOnWhileEveryEpochIsBetterByHoweverLittle() {
        RateSchedule schedule = new PlateauSchedule(0.05, 0.1, 4, 6);
        List<Double> rising =
                IntStream.range(0, 30).mapToObj(i -> 0.9 + 0.00008 * i).toList();

        assertThat(schedule.finished(rising)).isFalse();
    }

    @Test
    void plateauCountsAnEqualEpochAsNoBetter() {
        assertThat(new PlateauSchedule(0.05, 0.1, 4, 6).finished(Collections.nCopies(7, 0.9)))
                .isTrue();
    }

    private static List<Double> epochs(int done) {
        return Collections.nCopies(done, 0.9);
    }
}
