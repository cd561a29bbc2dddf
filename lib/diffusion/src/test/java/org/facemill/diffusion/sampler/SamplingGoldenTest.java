package org.facemill.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.ConditionalUNet;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.tensor.DType;
import org.facemill.tensor.Golden;
import org.facemill.tensor.StateDict;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** golden/05_sampling: whole chains of the original samplers over a small network, all noise given. */
class SamplingGoldenTest {
    private static final UNetConfig CONFIG = new UNetConfig(
            3,
            32,
            List.of(1, 1),
            1,
            new UNetConfig.Attention(List.of(false, true), -1, 32),
            ConditionType.CA,
            new UNetConfig.ContextInput(true, 512, 32, 0, false, 0.25));
    private static final String FOLDER = "05_sampling/";

    private static Parameters parameters;
    private static Network network;
    private static float[] context;

    @BeforeAll
    static void load() throws IOException {
        Graph graph = ConditionalUNet.inference(CONFIG, DType.F32);
        try (TensorFile file = TensorFile.open(Golden.path(FOLDER + "model.ckpt"))) {
            parameters = Parameters.load(graph, "model.ckpt", StateDict.of(file));
        }
        network = Network.load(graph, parameters);
        context = Golden.floats(FOLDER + "context.npy");
    }

    @AfterAll
    static void close() {
        network.close();
        parameters.close();
    }

    private static Denoiser denoiser(String folder, boolean withContext) {
        long[] shape = Golden.shape(folder + "x_T.npy");
        byte[] empty = {(byte) (withContext ? 0 : 1), (byte) (withContext ? 0 : 1)};
        return (x, t) -> {
            try (Scope scope = Scope.open()) {
                return network.apply(
                                scope,
                                scope.floats(x, shape),
                                scope.longs(new long[] {t, t}, 2),
                                scope.floats(context, 2, 512),
                                scope.bytes(empty, 2))
                        .floats();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ddpm_T20_cosine",
                "ddpm_T25_linear",
                "ddpm_T25_linear_no_context",
                "ddpm_T1000_linear",
                "cfg2_T20_cosine"
            })
    void ancestralChainsEndAsTheOriginals(String name) {
        JsonNode golden = golden(name);
        int steps = golden.get("T").intValue();
        NoiseSchedule schedule = golden.get("schedule").textValue().equals("cosine")
                ? NoiseSchedule.cosine(steps, 0.1)
                : NoiseSchedule.linear(steps);
        String folder = FOLDER + name + "/";
        float[] z = Golden.floats(folder + "z.npy");
        NoiseSource recorded = (step, out) -> System.arraycopy(z, step * out.length, out, 0, out.length);
        Denoiser denoiser = denoiser(folder, golden.get("context").booleanValue());
        if (golden.path("kwargs").has("guidance_scale")) {
            denoiser = new GuidedDenoiser(denoiser, denoiser(folder, false), 2, 0, steps);
        }

        float[] image = new DdpmSampler(schedule)
                .sample(denoiser, recorded, Golden.floats(folder + "x_T.npy"), StepListener.NONE);

        assertClose(image, Golden.floats(folder + "x_0.npy"), golden);
        assertThat(z.length / image.length).isEqualTo(steps - 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 50})
    void ddimChainsEndAsAdmis(int steps) {
        String folder = FOLDER + "ddim_" + steps + "/";

        float[] image = new DdimSampler(NoiseSchedule.linear(1000), steps, 0, DdimSampler.Variant.ADMIS)
                .sample(denoiser(folder, true), NO_NOISE, Golden.floats(folder + "x_T.npy"), StepListener.NONE);

        assertClose(image, Golden.floats(folder + "x_0.npy"), golden("ddim_" + steps));
    }

    @Test
    void ddimPassesThroughTheLatentsOfAdmis() {
        float[] trajectory = Golden.floats(FOLDER + "ddim_10/x_trajectory.npy");
        float[] noise = Golden.floats(FOLDER + "ddim_10/x_T.npy");
        StepResults results =
                new StepResults(Set.copyOf(IntStream.range(0, 11).boxed().toList()), noise, StepListener.NONE);

        new DdimSampler(NoiseSchedule.linear(1000), 10, 0, DdimSampler.Variant.ADMIS)
                .sample(denoiser(FOLDER + "ddim_10/", true), NO_NOISE, noise, results);

        int length = trajectory.length / 11;
        results.results()
                .forEach((done, latents) -> assertClose(
                        latents,
                        Arrays.copyOfRange(trajectory, done * length, (done + 1) * length),
                        golden("ddim_10")));
        assertThat(results.results()).hasSize(11);
    }

    @Test
    void ddimInversionEndsAsAdmis() {
        String folder = FOLDER + "ddim_reverse_10/";

        float[] noise = new DdimInversion(NoiseSchedule.linear(1000), 10, DdimSampler.Variant.ADMIS)
                .invert(denoiser(folder, true), Golden.floats(folder + "x_start.npy"), StepListener.NONE);

        assertClose(noise, Golden.floats(folder + "x_T.npy"), golden("ddim_reverse_10"));
    }

    private static final NoiseSource NO_NOISE = (step, out) -> {
        throw new AssertionError("eta is 0");
    };

    private static JsonNode golden(String name) {
        return Golden.json(FOLDER + "case.json").get("cases").get(name);
    }

    /** Within 1e-4 of the largest value, or ten times the case's own deviation where that is more. */
    private static void assertClose(float[] actual, float[] expected, JsonNode golden) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - (double) actual[i]));
        }
        assertThat(difference)
                .isLessThanOrEqualTo(Math.max(
                        1e-4 * largest, 10 * golden.path("max_abs_diff_float64").asDouble()));
    }
}
