package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.facemill.cli.Run;
import org.facemill.contracts.Noise;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;
import org.facemill.tensor.Contexts;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two painted pictures of one identity, one of another, one without a face, and a file that is no picture. */
class EmbedCommandTest {

    @TempDir
    private Path folder;

    private Path pictures;

    @BeforeEach
    void paint() throws IOException {
        pictures = folder.resolve("pictures");
        Images.writePng(pictures.resolve("ann/0.png"), face(1, 0));
        Images.writePng(pictures.resolve("ann/1.png"), face(1, 1));
        Images.writePng(pictures.resolve("bob/0.png"), face(2, 0));
        Images.writePng(pictures.resolve("dark.png"), new RgbImage(128, 128, new byte[128 * 128 * 3]));
        Files.writeString(pictures.resolve("torn.jpg"), "no picture");
    }

    @Test
    void oneArrayHoldsARowPerPictureSortedByPath() throws IOException {
        Path out = folder.resolve("new/embeddings.npy");

        Run run = Run.facemill("embed", pictures.toString(), "--model", "reference", "--out", out.toString(), "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().get("images").intValue()).isEqualTo(5);
        assertThat(run.json().get("failed").intValue()).isEqualTo(2);
        assertThat(run.json().get("dimension").intValue()).isEqualTo(128);
        assertThat(run.json().get("as_stored").booleanValue()).isFalse();
        assertThat(run.err()).contains("dark.png: no face found").contains("torn.jpg: neither PNG nor JPEG");
        Tensor rows = Npy.read(out);
        assertThat(rows.shape()).containsExactly(5, 128);
        float[] values = rows.floats();
        assertThat(dot(values, 0, values, 0)).isEqualTo(1, within(1e-5));
        assertThat(dot(values, 0, values, 1)).isGreaterThan(dot(values, 0, values, 2));
        assertThat(rows.part(3).floats()).containsOnly(0);
        assertThat(rows.part(4).floats()).containsOnly(0);
        assertThat(folder.resolve("new/embeddings.txt"))
                .hasContent("ann/0.png\nann/1.png\nbob/0.png\ndark.png\ntorn.jpg\n");
    }

    @Test
    void anNpzAndAFolderHoldTheSameByPath() throws IOException {
        Path npz = folder.resolve("embeddings.npz");
        Path tree = folder.resolve("embeddings");

        Run.facemill("embed", pictures.toString(), "--out", npz.toString());
        Run.facemill("embed", pictures.toString(), "--out", tree.toString());

        try (TensorFile arrays = TensorFile.open(npz)) {
            Map<String, Tensor> byPath = arrays.tensors();
            assertThat(byPath).containsOnlyKeys("ann/0", "ann/1", "bob/0");
            for (String path : byPath.keySet()) {
                assertThat(Npy.read(tree.resolve(path + ".npy")).floats())
                        .containsExactly(byPath.get(path).floats());
            }
        }
        assertThat(tree.resolve("dark.npy")).doesNotExist();
    }

    @Test
    void picturesOf112PixelsCountAsAligned() throws IOException {
        Path aligned = folder.resolve("aligned");
        Run.facemill("align", pictures.resolve("ann").toString(), "--out", aligned.toString());
        // nobody would find a face in this one
        Images.writePng(aligned.resolve("grey.png"), new RgbImage(112, 112, new byte[112 * 112 * 3]));

        Run run = Run.facemill(
                "embed", aligned.toString(), "--out", folder.resolve("e.npz").toString(), "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("images").intValue()).isEqualTo(3);
    }

    @Test
    void wholePicturesAreEmbeddedWithoutLookingForAFace() throws IOException {
        Path each = folder.resolve("each");

        Run run = Run.facemill(
                "embed", pictures.resolve("ann").toString(), "--whole", "--out", each.toString(), "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        Run.facemill(
                "embed",
                pictures.resolve("ann").toString(),
                "--out",
                folder.resolve("aligned.npz").toString());
        float[] whole = Contexts.read(each.resolve("1.npy")).values().iterator().next();
        assertThat(whole)
                .hasSize(128)
                .isNotEqualTo(Contexts.read(folder.resolve("aligned.npz")).get("1"));
    }

    @Test
    void picturesThatDifferBySuffixHaveEmbeddingsOfTheirOwn() throws IOException {
        Files.write(pictures.resolve("ann/0.jpg"), Images.jpeg(face(1, 2), 0.95f));
        Path npz = folder.resolve("both.npz");
        Path tree = folder.resolve("both");

        Run.facemill("embed", pictures.resolve("ann").toString(), "--out", npz.toString());
        Run.facemill("embed", pictures.resolve("ann").toString(), "--out", tree.toString());

        try (TensorFile arrays = TensorFile.open(npz)) {
            assertThat(arrays.tensors()).containsOnlyKeys("0.jpg", "0.png", "1");
        }
        assertThat(tree.resolve("0.jpg.npy")).exists();
        assertThat(tree.resolve("0.png.npy")).exists();
    }

    @Test
    void aModelThatIsNotThereIsNamed() {
        Run run = Run.facemill(
                "embed",
                pictures.toString(),
                "--model",
                folder.resolve("absent").toString(),
                "--out",
                folder.resolve("e.npy").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("absent").contains("reference");
    }

    private static RgbImage face(int identity, int image) {
        return new FacePainter()
                .paint(Noise.unitVector(7, identity, 512), 7, identity, image)
                .image();
    }

    private static double dot(float[] a, int rowA, float[] b, int rowB) {
        double sum = 0;
        for (int i = 0; i < 128; i++) {
            sum += (double) a[rowA * 128 + i] * b[rowB * 128 + i];
        }
        return sum;
    }
}
