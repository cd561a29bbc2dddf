package org.facemill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Npy;
import org.junit.jupiter.api.Test;

/** Case 06_train_step: learning rates and decays of the average. */
class ScheduleGoldenTest {

    @Test
    void learning_rates_are_those_of_cosine_annealing_with_warm_restarts() throws IOException {
        long[] steps = Golden.longs("06_train_step/lr_cosine_warm_restarts_steps.npy");
        double[] rates = Npy.read(Golden.path("06_train_step/lr_cosine_warm_restarts_values_float64.npy"))
                .doubles();
        WarmRestarts schedule = new WarmRestarts(1e-4, 10_000, 2);

        for (int i = 0; i < steps.length; i++) {
            assertThat(schedule.at(steps[i])).as("step " + steps[i]).isCloseTo(rates[i], within(1e-19));
        }
    }

    @Test
    void the_average_s_decay_grows_as_the_formula_says() {
        JsonNode golden = Golden.json("06_train_step/ema_decay_formula.json");

        for (int i = 0; i < golden.get("steps").size(); i++) {
            long step = golden.get("steps").get(i).asLong();
            assertThat((float) EmaDecay.INTENDED.at(step))
                    .as("step " + step)
                    .isCloseTo((float) golden.get("decay").get(i).asDouble(), within(1e-7f));
            assertThat(EmaDecay.FAITHFUL.at(step)).isZero();
        }
    }
}
