package org.facemill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.images.RgbImage;
import org.facemill.tensor.DType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatentFolderTest {
    private static final VqConfig NETWORK = new VqConfig(3, 16, 3, 16, 3, 3, 32, List.of(1, 1), 0, List.of(), 0);
    private static final AutoencoderRecipe RECIPE = new AutoencoderRecipe(
            AutoencoderLoss.DEFAULT, List.of(new AutoencoderRecipe.Phase(2, 2, 16, 0.03, 0.03)), DType.F32, 3);

    @TempDir
    private Path folder;

    private AutoencoderTrainer trainer;

    @BeforeEach
    void train() {
        trainer = AutoencoderTrainer.start(NETWORK, RECIPE, new Squares(4, 16, 0));
        trainer.advance();
        trainer.advance();
    }

    @AfterEach
    void close() {
        trainer.close();
    }

    @Test
    void each_picture_has_its_latent_and_its_context() throws IOException {
        Squares images = new Squares(20, 16, 8);
        encode(folder, images);

        try (LatentFolder set = LatentFolder.open(folder, 20)) {
            assertThat(set.size()).isEqualTo(20);
            assertThat(set.shape()).containsExactly(3, 8, 8);
            assertThat(set.contextLength()).isEqualTo(8);
            float[] context = new float[10];
            set.context(17, context, 1);
            assertThat(context).startsWith(0).contains(images.context(17)).endsWith(0);
            assertThat(latent(set, 17))
                    .as("whatever batch it was in")
                    .containsExactly(alone(images, 17), offset(1e-5f));
            assertThat(latent(set, 17)).isNotEqualTo(latent(set, 16));
        }
    }

    @Test
    void what_was_encoded_before_a_cut_is_not_encoded_again() throws IOException {
        Squares images = new Squares(4, 16, 8);
        assertThatThrownBy(() -> LatentFolder.encode(folder, NETWORK, trainer.parameters(), DType.F32, images, done -> {
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(folder.resolve("latents-00000.npy"))
                .as("a file is whole or not there")
                .doesNotExist();
        encode(folder, images);
        Files.delete(folder.resolve("contexts-00000.npy"));

        encode(folder, images);

        assertThat(folder.resolve("contexts-00000.npy")).doesNotExist();
    }

    @Test
    void pictures_without_contexts_are_a_set_too() throws IOException {
        encode(folder, new Squares(4, 16, 0));

        try (LatentFolder set = LatentFolder.open(folder, 4)) {
            assertThat(set.contextLength()).isZero();
            set.context(3, new float[0], 0);
            assertThat(set.vectors(10, 1))
                    .hasSize(30)
                    .containsExactly(set.vectors(10, 1))
                    .isNotEqualTo(set.vectors(10, 2));
        }
    }

    private void encode(Path target, ImageSet images) throws IOException {
        LatentFolder.encode(target, NETWORK, trainer.parameters(), DType.F32, images, done -> {});
    }

    private float[] alone(Squares images, int index) throws IOException {
        Path other = folder.resolve("alone");
        encode(other, new ImageSet() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public RgbImage image(int i) {
                return images.image(index);
            }

            @Override
            public float[] context(int i) {
                return images.context(index);
            }
        });
        try (LatentFolder set = LatentFolder.open(other, 1)) {
            return latent(set, 0);
        }
    }

    private static float[] latent(LatentFolder set, int index) {
        float[] latent = new float[3 * 8 * 8];
        set.sample(index, latent, 0);
        return latent;
    }
}
