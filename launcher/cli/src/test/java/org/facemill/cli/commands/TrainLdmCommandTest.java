package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facemill.cli.Run;
import org.facemill.contracts.recipe.Precision;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainLdmCommandTest {

    private static final String RECIPE = """
            seed: 7
            image_size: 16
            latent: false
            data:
              painted: {identities: 4, images: 2, seed: 1}
              licence: Apache-2.0
            model:
              initial_channels: 32
              channel_multipliers: [1, 1]
              is_attention: [false, true]
              attention_head_channels: 32
              n_blocks_per_resolution: 1
              condition_type: AdaGN
              context_input_channels: 512
              context_channels: 32
            training:
              T: 20
              T_kept: 16
              steps: 3
              batch_size: 4
              lr: 1.0e-3
              T_0: 3
              T_mult: 2
              steps_between_checkpoints: 2
            sampling: {steps: 4}
            """;

    @TempDir
    private Path folder;

    @Test
    void aModelFolderComesOutAndASampleGridIsShown() throws IOException {
        Run run = train(RECIPE);

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode result = run.json();
        assertThat(result.get("steps").asInt()).isEqualTo(3);
        assertThat(result.get("loss").asDouble()).isPositive();
        Path samples = Path.of(result.get("samples").asText());
        assertThat(samples).isEqualTo(folder.resolve("work/samples/sample_000003.png"));
        assertThat(run.err()).contains(samples.toString());
        assertThat(Images.decode(samples, Limits.DEFAULT).width()).isEqualTo(8 * 16);
        assertThat(folder.resolve("faces/MODEL_CARD.md")).content().contains("# faces");
        try (GeneratorModel model = GeneratorModel.open(folder.resolve("faces"), Precision.FP32)) {
            assertThat(model.config().imageSize()).isEqualTo(16);
        }
    }

    @Test
    void aLongerTrainingGoesOnFromTheOneBefore() throws IOException {
        train(RECIPE);
        Run longer = train(RECIPE.replace("steps: 3", "steps: 5"));
        byte[] weights = Files.readAllBytes(folder.resolve("faces/unet.safetensors"));

        assertThat(longer.json().get("steps").asInt()).isEqualTo(5);
        assertThat(Files.readAllBytes(uncut().resolve("unet.safetensors"))).isEqualTo(weights);
    }

    @Test
    void aKeyThatIsMisspeltIsNamed() throws IOException {
        Run run = train(RECIPE.replace("  batch_size: 4", "  batchsize: 4"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("recipe.yaml", "batchsize", "batch_size").doesNotContain("Exception");
    }

    private Path uncut() throws IOException {
        Path recipe = Files.writeString(folder.resolve("uncut.yaml"), RECIPE.replace("steps: 3", "steps: 5"));
        Path out = folder.resolve("uncut");
        Run run = Run.facemill(
                "train-ldm",
                recipe.toString(),
                "--work",
                folder.resolve("other").toString(),
                "--out",
                out.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return out;
    }

    private Run train(String text) throws IOException {
        Path recipe = Files.writeString(folder.resolve("recipe.yaml"), text);
        return Run.facemill(
                "train-ldm",
                recipe.toString(),
                "--work",
                folder.resolve("work").toString(),
                "--out",
                folder.resolve("faces").toString(),
                "--json");
    }
}
