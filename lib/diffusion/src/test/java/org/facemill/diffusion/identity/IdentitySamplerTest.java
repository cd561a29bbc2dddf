package org.facemill.diffusion.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.facemill.contracts.Noise;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.generator.Guidance;
import org.facemill.contracts.recipe.generator.ModelSampling;
import org.facemill.contracts.recipe.run.Sampling;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.diffusion.model.NotFiniteException;
import org.facemill.diffusion.sampler.StepListener;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole identities by the network of golden/05_sampling, on pixels. */
class IdentitySamplerTest {
    @TempDir
    static Path folder;

    private static GeneratorModel model;

    @BeforeAll
    static void open() throws IOException {
        Files.copy(Golden.path("05_sampling/model.ckpt"), folder.resolve("model.ckpt"));
        Files.writeString(folder.resolve("config.yaml"), "latent_diffusion: false\nconstants: {image_size: 16}\n");
        model = GeneratorModel.open(folder, Precision.FP32);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static IdentitySampler sampler(String method, double guidance) {
        return sampler(method, 4, 0, new Guidance(guidance, 0, Optional.empty()));
    }

    private static IdentitySampler sampler(String method, int steps, double eta, Guidance guidance) {
        return new IdentitySampler(model, new ModelSampling(method, steps, eta, guidance));
    }

    private static List<String> sample(IdentitySampler sampler, long ordinal, int images) {
        float[] context = Noise.unitVector(5, ordinal, 512);
        return sampler.sample(context, 5, ordinal, images, StepListener.NONE).stream()
                .map(RgbImage::sha256)
                .toList();
    }

    @Test
    void theSameRequestGivesTheSameBytesWhateverElseIsGoingOn() throws Exception {
        IdentitySampler sampler = sampler("dpm++", 1);
        List<List<String>> alone = new ArrayList<>();
        for (int ordinal = 0; ordinal < 6; ordinal++) {
            alone.add(sample(sampler, ordinal, 18));
        }

        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<List<String>>> together = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                long ordinal = (i * 5) % 6;
                together.add(threads.submit(() -> sample(sampler, ordinal, 18)));
            }
            for (int i = 0; i < 12; i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get((i * 5) % 6));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anImagesNoiseDoesNotDependOnHowManyAreMade() {
        IdentitySampler sampler = sampler("ddim", 1);
        float[] context = Noise.unitVector(5, 3, 512);

        List<RgbImage> few = sampler.sample(context, 5, 3, 3, StepListener.NONE);
        List<RgbImage> many = sampler.sample(context, 5, 3, 18, StepListener.NONE);

        assertThat(many).hasSize(18).doesNotHaveDuplicates();
        for (int image = 0; image < 3; image++) {
            for (int i = 0; i < few.get(image).pixels().length; i++) {
                // the size of a batch may change the last bits of a sum
                assertThat(few.get(image).pixels()[i] & 0xFF)
                        .isCloseTo(many.get(image).pixels()[i] & 0xFF, within(1));
            }
        }
    }

    @Test
    void identitiesMethodsAndGuidanceMakeADifference() {
        assertThat(List.of(
                        sample(sampler("ddim", 1), 1, 1),
                        sample(sampler("ddim", 1), 2, 1),
                        sample(sampler("ddim-faithful", 1), 1, 1),
                        sample(sampler("dpm++", 1), 1, 1),
                        sample(sampler("ddim", 3), 1, 1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatARecipeLeavesOpenIsAsTheModelsConfigurationHasIt(@TempDir Path other) throws IOException {
        Files.copy(Golden.path("05_sampling/model.ckpt"), other.resolve("model.ckpt"));
        Files.writeString(other.resolve("config.yaml"), """
                latent_diffusion: false
                constants: {image_size: 16}
                sampling: {method: ddim, steps: 3, eta: 0.5, guidance: {scale: 2}}
                """);
        Sampling nothing = new Sampling(
                "diffusion",
                "test",
                Precision.FP32,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        IdentitySampler said = sampler("ddim", 3, 0.5, new Guidance(2, 0, Optional.empty()));

        try (GeneratorModel own = GeneratorModel.open(other, Precision.FP32)) {
            IdentitySampler leftOpen =
                    new IdentitySampler(own, nothing.over(own.config().sampling()));

            assertThat(leftOpen.steps(1)).isEqualTo(3);
            assertThat(sample(leftOpen, 1, 1)).isEqualTo(sample(said, 1, 1));
        }
    }

    @Test
    void aListenerSeesEveryStepAndMayEndIt() {
        IdentitySampler sampler = sampler("dpm++", 1);
        AtomicInteger steps = new AtomicInteger();

        sampler.sample(Noise.unitVector(1, 1, 512), 1, 1, 17, (done, t, x) -> steps.incrementAndGet());

        assertThat(steps.get()).isEqualTo(sampler.steps(17)).isEqualTo(8);
        assertThatThrownBy(() -> sampler.sample(Noise.unitVector(1, 1, 512), 1, 1, 9, (done, t, x) -> {
                    throw new CancellationException();
                }))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void moreStepsThanTheModelHasAreRefused() {
        assertThatThrownBy(() -> sampler("ddim", 1001, 0, Guidance.NONE)).hasMessageContaining("steps=1001");
    }

    @Test
    void guidanceOfNoneOfTheModelsStepsIsRefused() {
        assertThatThrownBy(() -> sampler("ddim", 4, 0, new Guidance(2, 1000, Optional.empty())))
                .hasMessageContaining("from step 1000")
                .hasMessageContaining("0 to 999");
    }

    @Test
    void whatHasNoEffectIsNotSaidToHaveBeenDone() {
        ModelSampling ancestral =
                sampler("ddpm", 4, 0, new Guidance(1, 5, Optional.of(9))).sampling();
        ModelSampling guided =
                sampler("dpm++", 4, 0.5, new Guidance(2, 5, Optional.of(4000))).sampling();

        assertThat(ancestral).isEqualTo(new ModelSampling("ddpm", 1000, 1, Guidance.NONE));
        assertThat(guided).isEqualTo(new ModelSampling("dpm++", 4, 0, new Guidance(2, 5, Optional.of(1000))));
    }

    @Test
    void aModelThatComputesNaNGivesNoImage(@TempDir Path broken) throws IOException {
        try (TensorFile file = TensorFile.open(Golden.path("05_sampling/model.ckpt"))) {
            Map<String, Tensor> weights = new LinkedHashMap<>(file.tensors());
            float[] bias = weights.get("eps_model.image_proj.bias").floats();
            bias[3] = Float.NaN;
            weights.put("eps_model.image_proj.bias", Tensor.of(new long[] {bias.length}, bias));
            Safetensors.write(broken.resolve("unet.safetensors"), weights, Map.of());
        }
        Files.copy(folder.resolve("config.yaml"), broken.resolve("config.yaml"));

        try (GeneratorModel own = GeneratorModel.open(broken, Precision.FP32)) {
            IdentitySampler sampler = new IdentitySampler(own, new ModelSampling("ddim", 2, 0, Guidance.NONE));

            assertThatThrownBy(() -> sample(sampler, 1, 3))
                    .isInstanceOf(NotFiniteException.class)
                    .hasMessageContaining("image 0 cannot be sampled: a latent is NaN")
                    .hasMessageContaining("guidance");
        }
    }

    @Test
    void oneImageOfABatchThatIsNotFiniteIsEnough() {
        float[] latents = new float[3 * model.latentSize()];
        latents[model.latentSize() + 7] = Float.NEGATIVE_INFINITY;

        assertThatThrownBy(() -> model.decode(latents))
                .isInstanceOf(NotFiniteException.class)
                .hasMessageContaining("image 1 ");
    }
}
