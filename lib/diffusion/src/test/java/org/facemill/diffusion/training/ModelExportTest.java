package org.facemill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.generator.ContextNorm;
import org.facemill.contracts.recipe.generator.Guidance;
import org.facemill.contracts.recipe.generator.ModelSampling;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.diffusion.model.ModelConfig;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.tensor.DType;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExportTest {

    @TempDir
    private Path folder;

    @Test
    void an_exported_model_is_opened_as_it_was_trained() throws IOException {
        UNetConfig unet = new UNetConfig(
                3,
                32,
                List.of(1, 2),
                1,
                new UNetConfig.Attention(List.of(false, true), -1, 32),
                ConditionType.ADA_GN,
                new UNetConfig.ContextInput(true, 8, 32, 0, false, 0));
        VqConfig vq = new VqConfig(3, 16, 3, 32, 3, 3, 32, List.of(1, 1, 1), 0, List.of(), 0);
        NoiseSchedule schedule = NoiseSchedule.linear(40);
        ModelSampling sampling = new ModelSampling("ddim", 12, 0.5, new Guidance(1.5, 0, Optional.of(30)));
        try (Parameters denoiser = Parameters.initialise(DenoiserLoss.record(unet, recipe()), 1);
                Parameters autoencoder = Parameters.initialise(AutoencoderLoss.DEFAULT.record(vq, DType.F32), 1)) {
            denoiser.put("ema.context_emb.weight", filled(32 * 8, 0.5f), 32, 8);
            denoiser.put("ema.context_emb.bias", filled(32, 0.25f), 32);
            ModelExport.denoiser(
                    folder, new ModelConfig(unet, schedule, 32, true, ContextNorm.AS_WRITTEN, sampling), denoiser, 2);
            ModelExport.autoencoder(folder, vq, autoencoder, new float[16 * 3]);
            assertThat(written("context_emb.weight"))
                    .as("takes contexts that are not scaled")
                    .containsOnly(1f);
            assertThat(written("context_emb.bias")).containsOnly(0.25f);
        }

        try (GeneratorModel model = GeneratorModel.open(folder, Precision.FP32)) {
            assertThat(model.config().unet()).isEqualTo(unet);
            assertThat(model.config().sampling()).isEqualTo(sampling);
            assertThat(model.config().contextNorm()).isEqualTo(ContextNorm.AS_WRITTEN);
            assertThat(model.config().schedule().steps()).isEqualTo(40);
            assertThat(model.config().schedule().beta(39)).isEqualTo(schedule.beta(39));
            assertThat(model.decode(new float[model.latentSize()]).get(0).width())
                    .isEqualTo(32);
        }
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    private float[] written(String name) throws IOException {
        try (TensorFile file = TensorFile.open(folder.resolve("unet.safetensors"))) {
            return file.get("eps_model." + name).floats();
        }
    }

    private static DenoiserRecipe recipe() {
        return new DenoiserRecipe(
                1,
                1,
                new WarmRestarts(1e-3, 10, 2),
                EmaDecay.INTENDED,
                new DenoiserRecipe.ContextTraining(0, 0, 2, false),
                1,
                Optional.empty(),
                DType.F32,
                1);
    }

    @Test
    void halves_are_the_nearest_ones() {
        assertThat(ModelExport.half(1f)).isEqualTo((short) 0x3C00);
        assertThat(ModelExport.half(-2.5f)).isEqualTo((short) 0xC100);
        assertThat(ModelExport.half(0f)).isEqualTo((short) 0);
        assertThat(ModelExport.half(1e9f)).isEqualTo((short) 0x7BFF);
        assertThat(ModelExport.half(0x1p-24f)).isEqualTo((short) 1);
        assertThat(ModelExport.half(0.99999f))
                .as("rounds up to the next power of two")
                .isEqualTo((short) 0x3C00);
        assertThat(ModelExport.half(0x1p-14f)).isEqualTo((short) 0x0400);
    }
}
