package org.facemill.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** golden/01_schedules. */
class NoiseScheduleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear_T1000",
                "linear_T2000",
                "linear_T25",
                "linear_T20",
                "cosine_T1000_bmax0.1",
                "cosine_T2000_bmax0.1",
                "cosine_T20_bmax0.1",
                "cosine_T1000_bmax0.999",
                "cosine_warped_T1000_k0.8_bmin0.0001_bmax0.1"
            })
    void everyBufferIsTheOriginals(String name) {
        var config = Golden.json("01_schedules/case.json").get("schedules").get(name);
        int steps = config.get("T").intValue();
        NoiseSchedule schedule = switch (config.get("schedule_type").textValue()) {
            case "linear" -> NoiseSchedule.linear(steps);
            case "cosine" -> NoiseSchedule.cosine(steps, config.get("beta_max").doubleValue());
            default ->
                NoiseSchedule.warpedCosine(
                        steps,
                        config.get("k").doubleValue(),
                        config.get("beta_min").doubleValue(),
                        config.get("beta_max").doubleValue());
        };

        assertThat(schedule.isFinite()).isEqualTo(config.get("finite").booleanValue());
        assertThat(schedule.buffers()).hasSize(8);
        schedule.buffers().forEach((buffer, values) -> {
            float[] expected = Golden.floats("01_schedules/" + name + "/" + buffer + ".npy");
            assertThat(values).hasSameSizeAs(expected);
            int equal = 0;
            for (int t = 0; t < steps; t++) {
                equal += Float.compare(values[t], expected[t]) == 0 ? 1 : 0;
                assertClose(values[t], expected[t], schedule.alphaBar(t), buffer + "[" + t + "]");
            }
            assertThat(equal).as(buffer + ": bit for bit").isGreaterThan(steps * 9 / 10);
        });
    }

    @Test
    void theBetasOfACheckpointAreEnough() {
        NoiseSchedule linear = NoiseSchedule.linear(1000);

        NoiseSchedule read = NoiseSchedule.ofBetas(linear.buffers().get("betas"));

        assertThat(read.buffers()).usingRecursiveComparison().isEqualTo(linear.buffers());
    }

    /** Where libraries round a logarithm differently, alphaBar differs by its last bits, and 1 - alphaBar by more of its own. */
    private static void assertClose(float actual, float expected, float alphaBar, String what) {
        if (Float.isFinite(expected)) {
            double cancellation = 6e-8 / (1 - alphaBar);
            assertThat((double) Math.abs(actual - expected))
                    .as(what)
                    .isLessThanOrEqualTo(Math.abs(expected) * (1e-6 + cancellation));
        } else {
            assertThat(actual).as(what).isEqualTo(expected);
        }
    }
}
