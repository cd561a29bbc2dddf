package org.facemill.ldm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    private final List<String> stages = new ArrayList<>();
    private List<String> unreadable;

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

        ImageSet images = TrainingImages.open(TinyRecipes.parse(flipped), root, root, (stage, done, total) -> {})
                .set();

        assertThat(images.size()).isEqualTo(24);
        assertThat(images.image(13)).isEqualTo(images.image(1).flipped());
        assertThat(images.context(13)).containsExactly(images.context(1));
    }

    @Test
    void picturesThatCannotBeDecodedAreLeftOutAndSaidBeforeAnyWork() throws IOException {
        byte[] whole = Files.readAllBytes(root.resolve("images/ann/0.png"));
        Files.write(root.resolve("images/ann/10.png"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(root.resolve("images/ann/9.jpg"), "<html>404</html>");
        Npz.write(root.resolve("contexts.npz"), Map.of("ann", tensor(5)));

        ImageSet images = open("{images: images, contexts: contexts.npz}");

        assertThat(images.size()).isEqualTo(3);
        assertThat(unreadable).containsExactly("ann/9.jpg", "ann/10.png");
        assertThat(stages).contains("check");
        stages.clear();
        assertThat(open("{images: images, contexts: contexts.npz}").size()).isEqualTo(3);
        assertThat(unreadable).as("kept").containsExactly("ann/9.jpg", "ann/10.png");
        assertThat(stages).doesNotContain("check");
    }

    @Test
    void aFolderOfPicturesNoneOfWhichCanBeDecodedIsRefused() throws IOException {
        Files.createDirectories(root.resolve("broken"));
        Files.writeString(root.resolve("broken/0.png"), "");

        assertThatThrownBy(() -> open("{images: broken, encoder: reference}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none of its 1 pictures can be decoded")
                .hasMessageContaining("an empty file");
    }

    @Test
    void aTextCalledAsTheArrayNamesItsRows() throws IOException {
        writeRows(3);
        Files.writeString(root.resolve("rows.txt"), "ann/2.png\nann/0.png\nann/1.png\n");
        Files.write(root.resolve("image_names.pkl"), pickled("of", "another", "array"));

        assertThat(open("{images: images, contexts: rows.npy}").context(2)).containsExactly(vector(0));
    }

    @Test
    void listsOfNamesAreReadAsEveryPythonPicklesThem() throws IOException {
        writeRows(3);
        // pickle.dumps(["ann/1.png", "ann/2.png", "ann/0.png"], protocol=0), and by Python 2 of its str
        Files.writeString(root.resolve("0.pkl"), "(lp0\nVann/1.png\np1\naVann/2.png\np2\naVann/0.png\np3\na.");
        Files.writeString(root.resolve("py2.pkl"), "(lp0\nS'ann/1.png'\np1\naS'ann/2.png'\np2\naS'ann/0.png'\np3\na.");
        // protocol=1
        Files.write(
                root.resolve("1.pkl"),
                ("]q\0(X\11\0\0\0ann/1.pngq\1X\11\0\0\0ann/2.pngq\2X\11\0\0\0ann/0.pngq\3e.")
                        .getBytes(StandardCharsets.ISO_8859_1));

        for (String names : List.of("0.pkl", "py2.pkl", "1.pkl")) {
            assertThat(open("{images: images, contexts: rows.npy, names: " + names + "}")
                            .context(0))
                    .as(names)
                    .containsExactly(vector(2));
        }
    }

    @Test
    void picturesNoneOfWhichHasAVectorAreRefused() throws IOException {
        Npz.write(root.resolve("contexts.npz"), Map.of("bob", tensor(1)));

        assertThatThrownBy(() -> open("{images: images, contexts: contexts.npz}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ann/0");
    }

    @Test
    void rowsWithoutNamesAreRefused() throws IOException {
        writeRows(3);

        assertThatThrownBy(() -> open("{images: images, contexts: rows.npy}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("3 rows without names")
                .hasMessageContaining("data.folder.names")
                .hasMessageContaining("row_order");
    }

    @Test
    void aFileNamesThePictureOfEachRow() throws IOException {
        writeRows(3);
        Files.writeString(root.resolve("names.txt"), "\uFEFFann/2.png\r\nann/0.png\r\n./ann/1.png\r\n");

        ImageSet images = open("{images: images, contexts: rows.npy, names: names.txt}");

        assertThat(images.context(0)).containsExactly(vector(1));
        assertThat(images.context(1)).containsExactly(vector(2));
        assertThat(images.context(2)).containsExactly(vector(0));
    }

    @Test
    void admisListOfNamesBesideTheRowsIsFoundByItself() throws IOException {
        writeRows(3);
        Files.write(root.resolve("image_names.pkl"), pickled("ann/1.png", "ann/2.png", "ann/0.png"));

        ImageSet images = open("{images: images, contexts: rows.npy}");

        assertThat(images.context(0)).containsExactly(vector(2));
        assertThat(images.context(1)).containsExactly(vector(0));
    }

    @Test
    void theOrderOfRowsIsTheOneThatIsSaid() throws IOException {
        for (int i = 3; i < 12; i++) {
            Files.copy(root.resolve("images/ann/0.png"), root.resolve("images/ann/" + i + ".png"));
        }
        writeRows(12);

        ImageSet natural = open("{images: images, contexts: rows.npy, row_order: natural}");
        ImageSet text = open("{images: images, contexts: rows.npy, row_order: text}");

        assertThat(natural.context(2)).as("2.png").containsExactly(vector(2));
        assertThat(text.context(2)).as("2.png, after 0, 1, 10 and 11").containsExactly(vector(4));
        assertThat(text.context(11)).as("11.png").containsExactly(vector(3));
    }

    @Test
    void namesMustBeAsManyAsRowsAndOnceEach() throws IOException {
        writeRows(3);
        Files.writeString(root.resolve("two.txt"), "ann/0.png\nann/1.png\n");
        Files.writeString(root.resolve("twice.txt"), "ann/0.png\nann/1.png\nann/0.png\n");

        assertThatThrownBy(() -> open("{images: images, contexts: rows.npy, names: two.txt}"))
                .hasMessageContaining("3 rows")
                .hasMessageContaining("gives 2 names");
        assertThatThrownBy(() -> open("{images: images, contexts: rows.npy, names: twice.txt}"))
                .hasMessageContaining("`ann/0.png` twice");
    }

    @Test
    void aNameThatTwoPicturesMayHaveIsRefused() throws IOException {
        Files.createDirectories(root.resolve("images/bob"));
        Files.copy(root.resolve("images/ann/0.png"), root.resolve("images/bob/0.png"));
        Npz.write(root.resolve("contexts.npz"), Map.of("0", tensor(1), "1", tensor(2)));

        assertThatThrownBy(() -> open("{images: images, contexts: contexts.npz}"))
                .hasMessageContaining("`0` may be meant for ann/0.png")
                .hasMessageContaining("another picture");
    }

    @Test
    void foldersThatAreCalledLikePicturesAreTheirOwn() throws IOException {
        Files.createDirectories(root.resolve("numbered/0"));
        Files.createDirectories(root.resolve("numbered/1"));
        for (String picture : new String[] {"0/0", "0/1", "1/0"}) {
            Files.copy(root.resolve("images/ann/0.png"), root.resolve("numbered/" + picture + ".png"));
        }
        Npz.write(root.resolve("contexts.npz"), Map.of("0", tensor(5), "1", tensor(6)));

        assertThatThrownBy(() -> open("{images: numbered, contexts: contexts.npz}"))
                .hasMessageContaining("may be meant for 0/1.png or for a folder");
    }

    @Test
    void twoPicturesThatDifferInTheirSuffixHaveVectorsOfTheirOwn() throws IOException {
        Files.copy(root.resolve("images/ann/0.png"), root.resolve("images/ann/0.jpg"));
        Npz.write(root.resolve("contexts.npz"), Map.of("ann/0.png", tensor(1), "ann/0.jpg", tensor(2)));

        ImageSet images = open("{images: images, contexts: contexts.npz}");

        assertThat(images.size()).isEqualTo(2);
        assertThat(images.context(0)).as("0.jpg").containsExactly(vector(2));
        assertThat(images.context(1)).as("0.png").containsExactly(vector(1));
    }

    @Test
    void aZeroVectorStandsForAPictureWithoutAFace() throws IOException {
        Npz.write(
                root.resolve("contexts.npz"),
                Map.of("ann/0", Tensor.of(new long[] {512}, new float[512]), "ann/1", tensor(1)));

        assertThat(open("{images: images, contexts: contexts.npz}").size()).isEqualTo(1);
    }

    @Test
    void contextsHaveTheLengthThatTheModelTakes() throws IOException {
        float[] doubled = vector(1);
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] *= 2;
        }
        Npz.write(root.resolve("contexts.npz"), Map.of("ann/1", Tensor.of(new long[] {512}, doubled)));

        assertThat(open("{images: images, contexts: contexts.npz}").context(0)[7])
                .isCloseTo(vector(1)[7], within(1e-7f));
        assertThat(open("{images: images, contexts: contexts.npz}", "\n  context_norm: as_written")
                        .context(0))
                .containsExactly(doubled);
    }

    private void writeRows(int count) throws IOException {
        float[] rows = new float[count * 512];
        for (int i = 0; i < count; i++) {
            System.arraycopy(vector(i), 0, rows, i * 512, 512);
        }
        Npy.write(root.resolve("rows.npy"), Tensor.of(new long[] {count, 512}, rows));
    }

    /** A list of texts as Python's pickle writes it, protocol 2. */
    private static byte[] pickled(String... names) {
        ByteBuffer pickle = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        pickle.put(new byte[] {(byte) 0x80, 2, ']', '('});
        for (String name : names) {
            pickle.put((byte) 'X').putInt(name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
        }
        pickle.put(new byte[] {'e', '.'});
        return Arrays.copyOf(pickle.array(), pickle.position());
    }

    private ImageSet open(String data) throws IOException {
        return open(data, "");
    }

    private ImageSet open(String data, String model) throws IOException {
        String recipe = TinyRecipes.PIXELS
                .replace("painted: {identities: 6, images: 2, seed: 1}", "folder: " + data)
                .replace("model:", "model:" + model);
        TrainingImages images = TrainingImages.open(
                TinyRecipes.parse(recipe),
                root,
                Files.createDirectories(root.resolve("work")),
                (stage, done, total) -> stages.add(stage));
        unreadable = images.unreadable();
        return images.set();
    }

    private static float[] vector(int seed) {
        return Noise.unitVector(seed, 0, 512);
    }

    private static Tensor tensor(int seed) {
        return Tensor.of(new long[] {512}, vector(seed));
    }
}
