package org.facemill.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** golden/01_schedules. */
class NoiseScheduleTest {

    @ParameterizedTest
    @ValueSource(strings = {"linear_T1000", "linear_T2000", "linear_T25", "linear_T20", "cosine_T1000_bmax0.1", "cosine_T2000_bmax0.1",
        "cosine_T20_bmax0.1", "cosine_T1000_bmax0.999", "cosine_warped_T1000_k0.8_bmin0.0001_bmax0.1"})
    void everyBufferIsTheOriginals(String name) {
        var config = Golden.json("01_schedules/case.json").get("schedules").get(name);
        int steps = config.get("T").intValue();
        NoiseSchedule schedule = switch (config.get("schedule_type").textValue()) {
            case "linear" -> NoiseSchedule.linear(steps);
            case "cosine" -> NoiseSchedule.cosine(steps, config.get("beta_max").doubleValue());
            default -> NoiseSchedule.warpedCosine(steps, config.get("k").doubleValue(), config.get("beta_min").doubleValue(),
                    config.get("beta_max").doubleValue());
        };

        assertThat(schedule.isFinite()).isEqualTo(config.get("finite").booleanValue());
        assertThat(schedule.buffers()).hasSize(8);
        schedule.buffers().forEach((buffer, values) -> {
            float[] expected = Golden.floats("01_schedules/" + name + "/" + buffer + ".npy");
            assertThat(values).hasSameSizeAs(expected);
            for (int t = 0; t < steps; t++) {
                assertClose(values[t], expected[t], buffer + "[" + t + "]");
            }
        });
    }

    @Test
    void theBetasOfACheckpointAreEnough() {
        NoiseSchedule linear = NoiseSchedule.linear(1000);

        NoiseSchedule read = NoiseSchedule.ofBetas(linear.buffers().get("betas"));

        assertThat(read.buffers()).usingRecursiveComparison().isEqualTo(linear.buffers());
    }

    /** A few units in the last place of float32: library functions of logarithm and exponential differ in the last one. */
    private static void assertClose(float actual, float expected, String what) {
        if (Float.isFinite(expected)) {
            assertThat((double) Math.abs(actual - expected)).as(what).isLessThanOrEqualTo(4 * Math.ulp(Math.max(Math.abs(expected), 1e-4f)));
        } else {
            assertThat(actual).as(what).isEqualTo(expected);
        }
    }
}
