package org.facemill.ldm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.facemill.contracts.Noise;
import org.facemill.diffusion.training.ImageSet;
import org.facemill.images.Images;
import org.facemill.painter.FacePainter;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Npz;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingImagesTest {

    @TempDir
    private Path root;

    @BeforeEach
    void paint() throws IOException {
        Files.createDirectories(root.resolve("images/ann"));
        for (int i = 0; i < 3; i++) {
            Images.writePng(
                    root.resolve("images/ann/" + i + ".png"),
                    new FacePainter().paint(vector(i), 1, i, 0).image());
        }
    }

    @Test
    void aDictionaryHoldsVectorsByPathsOrFolders() throws IOException {
        Npz.write(root.resolve("contexts.npz"), Map.of("ann/1", tensor(1), "ann", tensor(5)));

        ImageSet images = open("{images: images, contexts: contexts.npz}");

        assertThat(images.size()).isEqualTo(3);
        assertThat(images.image(2).width()).isEqualTo(16);
        assertThat(images.context(1)).containsExactly(vector(1));
        assertThat(images.context(2)).containsExactly(vector(5));
    }

    @Test
    void aFolderHoldsAnArrayForEachPictureThatHasOne() throws IOException {
        Files.createDirectories(root.resolve("embeddings"));
        Npy.write(root.resolve("embeddings/2.npy"), tensor(2));

        ImageSet images = open("{images: images, contexts: embeddings}");

        assertThat(images.size()).isEqualTo(1);
        assertThat(images.context(0)).containsExactly(vector(2));
    }

    @Test
    void aRecogniserEmbedsThePicturesOnce() throws IOException {
        ImageSet images = open("{images: images, encoder: reference}");

        assertThat(images.context(0)).hasSize(128).isNotEqualTo(images.context(1));
        assertThat(root.resolve("work/embeddings.npy")).exists();
        assertThat(open("{images: images, encoder: nowhere}").context(0))
                .as("kept")
                .containsExactly(images.context(0));
    }

    @Test
    void mirroredPicturesFollowTheOthersWithTheirContexts() throws IOException {
        String flipped = TinyRecipes.PIXELS.replace("data:\n", "data:\n  horizontal_flip: true\n");

        ImageSet images = TrainingImages.open(TinyRecipes.parse(flipped), root, root, (done, total) -> {});

        assertThat(images.size()).isEqualTo(24);
        assertThat(images.image(13)).isEqualTo(images.image(1).flipped());
        assertThat(images.context(13)).containsExactly(images.context(1));
    }

    @Test
    void picturesNoneOfWhichHasAVectorAreRefused() throws IOException {
        Npz.write(root.resolve("contexts.npz"), Map.of("bob", tensor(1)));

        assertThatThrownBy(() -> open("{images: images, contexts: contexts.npz}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ann/0");
    }

    private ImageSet open(String data) throws IOException {
        String recipe = TinyRecipes.PIXELS.replace("painted: {identities: 6, images: 2, seed: 1}", "folder: " + data);
        return TrainingImages.open(
                TinyRecipes.parse(recipe), root, Files.createDirectories(root.resolve("work")), (done, total) -> {});
    }

    private static float[] vector(int seed) {
        return Noise.unitVector(seed, 0, 512);
    }

    private static Tensor tensor(int seed) {
        return Tensor.of(new long[] {512}, vector(seed));
    }
}
