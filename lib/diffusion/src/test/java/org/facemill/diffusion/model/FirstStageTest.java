package org.facemill.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facemill.diffusion.GoldenNumbers;
import org.facemill.diffusion.vq.VqAutoencoder;
import org.facemill.tensor.DType;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Tensor;
import org.facemill.torch.Network;
import org.facemill.torch.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the narrow autoencoder of golden/04_vq, in the files that the original publishes. */
class FirstStageTest {
    private static final double DEVIATION = 2.8266775626839546e-06;

    @TempDir
    private Path folder;

    @Test
    void the_original_files_encode_to_the_original_latents() throws IOException {
        copy("first_stage_encoder_state_dict.pt", "first_stage_encoder_state_dict.pt");
        copy("first_stage_decoder_state_dict.pt", "first_stage_decoder_state_dict.pt");
        copy("first_stage_config_narrow.yaml", "first_stage_config.yaml");

        try (FirstStage stage = FirstStage.open(folder);
                Network encoder = Network.load(VqAutoencoder.encoder(stage.config(), DType.F32), stage.encoder());
                Scope scope = Scope.open()) {
            Tensor images = Npy.read(Golden.path("04_vq/enc_input.npy"));
            GoldenNumbers.assertClose(
                    encoder.apply(scope, scope.floats(images.floats(), images.shape())),
                    "04_vq/enc_latent.npy",
                    DEVIATION);
            assertThat(stage.files())
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly(
                            "first_stage_encoder_state_dict.pt",
                            "first_stage_decoder_state_dict.pt",
                            "first_stage_config.yaml");
        }
    }

    @Test
    void a_decoder_alone_is_refused() throws IOException {
        copy("first_stage_decoder_state_dict.pt", "first_stage_decoder_state_dict.pt");

        assertThatThrownBy(() -> FirstStage.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("encoder.conv_in.weight");
    }

    private void copy(String golden, String name) throws IOException {
        Files.copy(Golden.path("04_vq/" + golden), folder.resolve(name));
    }
}
