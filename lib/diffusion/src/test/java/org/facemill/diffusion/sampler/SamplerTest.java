package org.facemill.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.facemill.contracts.Noise;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samplers on data whose perfect denoiser is known in closed form: images normally distributed around a mean. */
class SamplerTest {
    private static final NoiseSchedule SCHEDULE = NoiseSchedule.linear(1000);
    private static final float MEAN = 0.6f;
    private static final float DEVIATION = 0.25f;
    private static final NoiseSource NONE = (step, out) -> {
        throw new AssertionError("a deterministic sampler draws no noise");
    };

    /** E[eps | x_t] where x_0 is normal with MEAN and DEVIATION. */
    private static float[] perfect(float[] x, int t) {
        float a = SCHEDULE.sqrtAlphaBar(t);
        float s = SCHEDULE.sqrtOneMinusAlphaBar(t);
        float[] eps = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            eps[i] = s * (x[i] - a * MEAN) / (a * a * DEVIATION * DEVIATION + s * s);
        }
        return eps;
    }

    static List<Sampler> samplers() {
        return List.of(
                new DdpmSampler(SCHEDULE),
                new DdimSampler(SCHEDULE, 50, 0, DdimSampler.Variant.PAPER),
                new DdimSampler(SCHEDULE, 250, 1, DdimSampler.Variant.PAPER),
                new DpmSolverPlusPlus2M(SCHEDULE, 20));
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void noiseBecomesTheDistributionOfTheData(Sampler sampler) {
        float[] start = start(4000);

        float[] images = sampler.sample(SamplerTest::perfect, NoiseSource.of(7, 3, 0, 1), start, StepListener.NONE);

        double mean = 0;
        double square = 0;
        for (float v : images) {
            mean += v / images.length;
            square += (double) v * v / images.length;
        }
        assertThat(mean).isCloseTo(MEAN, within(0.02));
        assertThat(Math.sqrt(square - mean * mean)).isCloseTo(DEVIATION, within(0.025));
        assertThat(start).isEqualTo(start(4000));
    }

    @Test
    void dpmSolverConvergesFasterThanDdim() {
        float[] exact = probabilityFlow(start(100));

        double ddim = distance(
                new DdimSampler(SCHEDULE, 20, 0, DdimSampler.Variant.PAPER)
                        .sample(SamplerTest::perfect, NONE, start(100), StepListener.NONE),
                exact);
        double dpm = distance(
                new DpmSolverPlusPlus2M(SCHEDULE, 20).sample(SamplerTest::perfect, NONE, start(100), StepListener.NONE),
                exact);

        assertThat(dpm).isLessThan(ddim / 4);
    }

    /** The solution of the flow for normal data: x - mean scales with the deviation of x_t. */
    private static float[] probabilityFlow(float[] start) {
        float a = SCHEDULE.sqrtAlphaBar(999);
        float s = SCHEDULE.sqrtOneMinusAlphaBar(999);
        double scale = DEVIATION / Math.sqrt(a * a * DEVIATION * DEVIATION + s * s);
        float[] exact = new float[start.length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = (float) (MEAN + scale * (start[i] - a * MEAN));
        }
        return exact;
    }

    @Test
    void ddimInvertedAndSampledAgainReturnsToTheImage() {
        float[] image = {0.2f, 0.6f, 0.9f};

        float[] noise = new DdimInversion(SCHEDULE, 1000, DdimSampler.Variant.PAPER)
                .invert(SamplerTest::perfect, image, StepListener.NONE);
        float[] again = new DdimSampler(SCHEDULE, 1000, 0, DdimSampler.Variant.PAPER)
                .sample(SamplerTest::perfect, NONE, noise, StepListener.NONE);

        assertThat(distance(again, image)).isLessThan(5e-3);
    }

    @Test
    void ddimTakesExactlyTheStepsAskedForFromPureNoise() {
        List<Integer> timesteps = timesteps(new DdimSampler(SCHEDULE, 30, 0, DdimSampler.Variant.PAPER));

        assertThat(timesteps).hasSize(30).startsWith(999, 966).endsWith(32);
    }

    @Test
    void ddimAsAdmisStartsLaterAndMayTakeOneMore() {
        var golden =
                Golden.json("05_sampling/case.json").get("cases").get("ddim_30").get("timesteps");

        List<Integer> timesteps = timesteps(new DdimSampler(SCHEDULE, 30, 0, DdimSampler.Variant.ADMIS));

        assertThat(timesteps).hasSize(31).hasSize(golden.size());
        for (int k = 0; k < 31; k++) {
            assertThat(timesteps.get(k)).isEqualTo(golden.get(k).intValue());
        }
    }

    private static List<Integer> timesteps(Sampler sampler) {
        List<Integer> timesteps = new ArrayList<>();
        sampler.sample(
                (x, t) -> {
                    timesteps.add(t);
                    return x.clone();
                },
                NONE,
                new float[1],
                StepListener.NONE);
        assertThat(timesteps).hasSize(sampler.steps());
        return timesteps;
    }

    @Test
    void guidanceMixesBothPredictions() {
        assertThat(guided(2).noise(new float[1], 0)).containsExactly(5);
        assertThat(guided(1).noise(new float[1], 0)).containsExactly(3);
        assertThat(guided(2).noise(new float[1], 599)).containsExactly(5);
        assertThat(guided(2).noise(new float[1], 600)).as("not below 600").containsExactly(3);
    }

    private static Denoiser guided(float scale) {
        return new GuidedDenoiser((x, t) -> new float[] {3}, (x, t) -> new float[] {1}, scale, 0, 600);
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void aListenerThatThrowsEndsTheSampling(Sampler sampler) {
        List<Integer> seen = new ArrayList<>();

        assertThatThrownBy(() ->
                        sampler.sample(SamplerTest::perfect, NoiseSource.of(1, 1, 0, 1), start(4), (done, t, x) -> {
                            seen.add(done);
                            if (done == 3) {
                                throw new CancellationException();
                            }
                        }))
                .isInstanceOf(CancellationException.class);
        assertThat(seen).containsExactly(1, 2, 3);
    }

    @Test
    void stepResultsAreWhatTheImageWasOnItsWay() {
        List<Integer> heard = new ArrayList<>();
        StepResults results = new StepResults(Set.of(500, 0, 1000), start(4), (done, t, x) -> heard.add(done));

        float[] image =
                new DdpmSampler(SCHEDULE).sample(SamplerTest::perfect, NoiseSource.of(1, 1, 0, 1), start(4), results);

        assertThat(results.results().keySet()).containsExactly(0, 500, 1000);
        assertThat(results.results().get(0)).isEqualTo(start(4));
        assertThat(results.results().get(500)).isNotEqualTo(image);
        assertThat(results.results().get(1000)).isEqualTo(image);
        assertThat(heard).hasSize(1000);
    }

    @Test
    void anImagesNoiseDoesNotDependOnItsBatch() {
        float[] four = new float[4 * 6];
        float[] third = new float[6];

        NoiseSource.of(9, 5, 0, 4).draw(17, four);
        NoiseSource.of(9, 5, 2, 1).draw(17, third);

        assertThat(third).isEqualTo(Arrays.copyOfRange(four, 12, 18));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void stepsThatTheScheduleDoesNotHaveAreRefused(int steps) {
        assertThatThrownBy(() -> new DpmSolverPlusPlus2M(SCHEDULE, steps))
                .hasMessageContaining("steps=" + steps)
                .hasMessageContaining("1000");
    }

    @Test
    void aScheduleThatLeavesNothingOfTheImageIsRefused() {
        assertThatThrownBy(() -> new DdpmSampler(NoiseSchedule.linear(20))).hasMessageContaining("cosine");
    }

    @Test
    void sphericalInterpolationIsTheOriginals() {
        float[] start = Golden.floats("05_sampling/slerp/start.npy");
        float[] target = Golden.floats("05_sampling/slerp/target.npy");
        float[] expected = Golden.floats("05_sampling/slerp/slerp_0.3.npy");

        for (int row = 0; row < 4; row++) {
            float[] actual = SphericalInterpolation.between(row(start, row), row(target, row), 0.3);
            assertThat(distance(actual, row(expected, row))).isLessThan(1e-6);
        }
        assertThat(SphericalInterpolation.between(row(start, 0), row(start, 0), 0.5))
                .isNotEqualTo(new float[512]);
    }

    private static float[] row(float[] rows, int row) {
        return Arrays.copyOfRange(rows, row * 512, row * 512 + 512);
    }

    private static float[] start(int n) {
        float[] start = new float[n];
        Noise.normal(1, 2, 0, Noise.X_T, start);
        return start;
    }

    private static double distance(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
