package org.facemill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.images.RgbImage;
import org.facemill.tensor.DType;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecoderTrainingTest {

    private static final VqConfig CONFIG = new VqConfig(3, 16, 3, 16, 3, 3, 32, List.of(1, 1), 0, List.of(), 0);
    private static final AutoencoderRecipe RECIPE = new AutoencoderRecipe(
            AutoencoderLoss.DEFAULT, List.of(new AutoencoderRecipe.Phase(20, 2, 16, 1e-3, 1e-3)), DType.F32, 5);

    @TempDir
    private Path folder;

    @Test
    void the_encoder_stays_what_the_autoencoders_average_was_and_the_decoder_learns() {
        try (AutoencoderTrainer whole = trained();
                AutoencoderTrainer decoder =
                        AutoencoderTrainer.startDecoder(CONFIG, RECIPE, new Pictures(), whole.parameters())) {
            Map<String, Tensor> before = AveragedWeights.of(whole.parameters());

            decoder.advance();
            decoder.advance();

            AveragedWeights.of(decoder.parameters()).forEach((name, tensor) -> {
                boolean learns = name.startsWith("decoder.") || name.startsWith("post_quant_conv.");
                assertThat(Arrays.equals(tensor.floats(), before.get(name).floats()))
                        .as(name)
                        .isEqualTo(!learns);
            });
        }
    }

    @Test
    void resumed_it_goes_on_as_if_it_had_never_stopped() throws IOException {
        Path checkpoint = folder.resolve("decoder.safetensors");
        double uncut;
        try (AutoencoderTrainer whole = trained();
                AutoencoderTrainer decoder =
                        AutoencoderTrainer.startDecoder(CONFIG, RECIPE, new Pictures(), whole.parameters())) {
            decoder.advance();
            decoder.save(checkpoint);
            decoder.advance();
            uncut = decoder.advance();
        }

        try (AutoencoderTrainer decoder =
                AutoencoderTrainer.resumeDecoder(checkpoint, CONFIG, RECIPE, new Pictures())) {
            assertThat(decoder.step()).isEqualTo(1);
            decoder.advance();
            assertThat(decoder.advance()).isEqualTo(uncut);
        }
    }

    private static AutoencoderTrainer trained() {
        AutoencoderTrainer whole = AutoencoderTrainer.start(CONFIG, RECIPE, new Pictures());
        for (int i = 0; i < 4; i++) {
            whole.advance();
        }
        return whole;
    }

    /** Eight pictures of noise. */
    private static final class Pictures implements ImageSet {
        @Override
        public int size() {
            return 8;
        }

        @Override
        public RgbImage image(int index) {
            byte[] pixels = new byte[16 * 16 * 3];
            new Random(index).nextBytes(pixels);
            return new RgbImage(16, 16, pixels);
        }

        @Override
        public float[] context(int index) {
            return new float[0];
        }
    }
}
