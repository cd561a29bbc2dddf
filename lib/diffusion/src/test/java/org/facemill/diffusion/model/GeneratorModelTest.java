package org.facemill.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facemill.contracts.recipe.Precision;
import org.facemill.diffusion.sampler.Denoiser;
import org.facemill.diffusion.unet.ConditionType;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.StateDict;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model folders made of the cases 02_unet and 04_vq. */
class GeneratorModelTest {
    private static final String CASE = "02_unet/ca_cpd25/";
    private static final String CONFIG = """
            latent_diffusion: true
            constants:
              image_size: 64
              input_channels: 3
              n_classes: 0
            training:
              run: outputs/${now:%Y-%m-%d}
            model:
              _target_: models.diffusion.unet.ConditionalUNet
              input_channels: ${constants.input_channels}
              initial_channels: 32
              channel_multipliers: [1, 1, 2]
              is_attention: [false, true, true]
              attention_heads: -1
              attention_head_channels: 32
              n_blocks_per_resolution: 2
              condition_type: "CA"
              is_context_conditional: True
              n_context_classes: ${constants.n_classes}
              context_input_channels: 512
              context_channels: 32
              learn_empty_context: False
              context_dropout_probability: 0.25
            diffusion:
              eps_model: ${model}
              T: 25
              schedule_type: linear
            """;

    @TempDir
    Path folder;

    @Test
    void an_original_folder_with_its_configuration_predicts_the_original_noise() throws IOException {
        publish("model.ckpt");
        Files.createDirectory(folder.resolve(".hydra"));
        Files.writeString(folder.resolve(".hydra/config.yaml"), CONFIG);

        try (GeneratorModel model = GeneratorModel.open(folder, Precision.FP32)) {
            assertThat(model.config().unet().context().dropoutProbability()).isEqualTo(0.25);
            assertThat(model.config().schedule().steps()).isEqualTo(25);
            assertThat(model.latentSize()).isEqualTo(3 * 16 * 16);
            float[] context = Arrays.copyOfRange(Golden.floats(CASE + "context.npy"), 512, 1024);
            assertSecondRow(model.conditional(context), "eps.npy", 4e-5);
            assertSecondRow(model.unconditional(), "eps_context_none.npy", 4e-5);
        }
    }

    @Test
    void without_configuration_it_is_inferred() throws IOException {
        publish("ema_averaged_model.ckpt");

        try (GeneratorModel model = GeneratorModel.open(folder, Precision.FP32)) {
            assertThat(model.config().unet().channelMultipliers()).containsExactly(1, 1, 2);
            assertThat(model.config().unet().attention().levels()).containsExactly(false, true, true);
            assertThat(model.config().unet().conditionType()).isEqualTo(ConditionType.CA);
            assertThat(model.config().schedule().steps())
                    .as("from the checkpoint's betas")
                    .isEqualTo(1000);
        }
    }

    @Test
    void a_bare_network_under_a_configuration_of_the_network_alone_is_completed_from_the_shapes() throws IOException {
        publish("model.ckpt");
        try (TensorFile original = TensorFile.open(folder.resolve("checkpoints/model.ckpt"))) {
            Map<String, Tensor> bare = new LinkedHashMap<>(StateDict.of(original));
            bare.keySet().removeIf(name -> !name.contains("."));
            Safetensors.write(folder.resolve("unet.safetensors"), bare, Map.of());
        }
        String network = CONFIG.substring(CONFIG.indexOf("  _target_"), CONFIG.indexOf("diffusion:\n"));
        Files.writeString(folder.resolve("model.yaml"), network.replaceAll("(?m)^  ", ""));

        try (GeneratorModel model = GeneratorModel.open(folder, Precision.FP32)) {
            assertThat(model.config().unet().inputChannels())
                    .as("not to be resolved, so from the shapes")
                    .isEqualTo(3);
            assertThat(model.config().unet().context().dropoutProbability())
                    .as("from the file")
                    .isEqualTo(0.25);
            assertThat(model.config().imageSize()).isEqualTo(128);
        }
    }

    @Test
    void bf16_predicts_nearly_the_same() throws IOException {
        publish("model.ckpt");
        Files.writeString(folder.resolve("config.yaml"), CONFIG);

        try (GeneratorModel model = GeneratorModel.open(folder, Precision.BF16)) {
            float[] context = Arrays.copyOfRange(Golden.floats(CASE + "context.npy"), 512, 1024);
            assertSecondRow(model.conditional(context), "eps.npy", 0.1);
        }
    }

    @Test
    void latents_are_decoded_to_images() throws IOException {
        publish("model.ckpt");
        Files.writeString(folder.resolve("config.yaml"), CONFIG);

        try (GeneratorModel model = GeneratorModel.open(folder, Precision.FP32)) {
            List<RgbImage> images = model.decode(Golden.floats("04_vq/dec_input_latent.npy"));

            float[] expected = Golden.floats("04_vq/dec_output.npy");
            assertThat(images).hasSize(2);
            RgbImage second = images.get(1);
            assertThat(second.width()).isEqualTo(64);
            double blue = expected[(3 + 2) * 64 * 64 + 10 * 64 + 20];
            assertThat(second.rgb(20, 10, 2)).isEqualTo((int) Math.floor(
                    (Math.max(-1, Math.min(1, blue)) + 1) / 2 * 255 + 0.5));
        }
    }

    @Test
    void a_configuration_of_another_model_is_refused_by_the_name_of_a_tensor() throws IOException {
        publish("model.ckpt");
        Files.writeString(
                folder.resolve("config.yaml"), CONFIG.replace("initial_channels: 32", "initial_channels: 64"));

        assertThatThrownBy(() -> GeneratorModel.open(folder, Precision.FP32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "model.ckpt: `image_proj.weight` has shape [32,3,3,3], the configuration wants [64,3,3,3]");
    }

    @Test
    void a_folder_without_denoiser_says_what_is_expected() {
        assertThatThrownBy(() -> GeneratorModel.open(folder, Precision.FP32))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected the weights of one denoiser");
    }

    private static void assertSecondRow(Denoiser denoiser, String expectedNpy, double tolerance) {
        int size = 3 * 16 * 16;
        float[] x = Arrays.copyOfRange(Golden.floats(CASE + "x_t.npy"), size, 2 * size);
        float[] expected = Arrays.copyOfRange(Golden.floats(CASE + expectedNpy), size, 2 * size);

        float[] eps = denoiser.noise(x, (int) Golden.longs(CASE + "t.npy")[1]);

        double worst = 0;
        for (int i = 0; i < size; i++) {
            worst = Math.max(worst, Math.abs(eps[i] - expected[i]));
        }
        assertThat(worst).isLessThan(tolerance);
    }

    private void publish(String name) throws IOException {
        Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
        Files.copy(Golden.path(CASE + "model.ckpt"), checkpoints.resolve(name));
        Path autoencoder = Files.createDirectories(folder.resolve("models/autoencoder"));
        for (String file : List.of("first_stage_encoder_state_dict.pt", "first_stage_decoder_state_dict.pt")) {
            Files.copy(Golden.path("04_vq/" + file), autoencoder.resolve(file));
        }
    }
}
