package org.facemill.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards as others pack them. */
class WebDatasetTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);

    @Test
    void aSampleIsWhatSharesAPathUpToTheFirstDot() throws IOException {
        put("./a/0.json", "{}");
        image("./a/0.JPG", 1);
        put("./a/0.cls", "3\n");
        put("a/._0.jpg", "AppleDouble");
        put("README", "faces");
        image("b/0.png", 2);
        put("b/0.cls", " 1");

        try (ImageDataset dataset = open()) {
            assertThat(labels(dataset)).containsExactly(3, 1);
            assertThat(dataset.image(0)).isEqualTo(TestImages.png(1));
            assertThat(dataset.name(1)).isEqualTo(folder + "/0.tar: b/0");
        }
    }

    @Test
    void labelsMayComeBeforeOrAfterTheirImages() throws IOException {
        put("0.cls", "0");
        put("1.cls", "1");
        image("1.png", 1);
        image("0.png", 0);

        try (ImageDataset dataset = open()) {
            assertThat(labels(dataset)).containsExactly(0, 1);
            assertThat(dataset.image(1)).isEqualTo(TestImages.png(1));
        }
    }

    @Test
    void imagesThatShareTheirKeyBecauseOfADotAreRefused() throws IOException {
        for (int i = 0; i < 3; i++) {
            image("face.00000" + i + ".png", i);
            put("face.00000" + i + ".cls", "0");
        }

        refused("sample face has the fields 000000.png, 000000.cls, 000001.png, 000001.cls, 000002.png, 000002.cls,"
                + " but no label face.cls");
    }

    @Test
    void twoImagesOfASampleAreRefusedUnlessOneIsAskedFor() throws IOException {
        image("0.face.png", 1);
        image("0.orig.jpg", 2);
        put("0.cls", "0");

        refused("2 images share the key 0, which ends at the first dot of a file's name (face.png, orig.jpg)");
        try (ImageDataset dataset = ImageDatasets.open(folder, Optional.of("orig.jpg"))) {
            assertThat(dataset.image(0)).isEqualTo(TestImages.png(2));
        }
    }

    @Test
    void aSampleWithoutTheFieldThatIsAskedForIsRefused() throws IOException {
        image("0.png", 1);
        put("0.cls", "0");
        open().close();

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageDatasets.open(folder, Optional.of("jpg")))
                .withMessage(folder + "/0.tar: sample 0 has the fields png, cls, but no jpg");
    }

    @Test
    void aFileThatComesTwiceIsRefused() throws IOException {
        image("0.png", 1);
        put("0.cls", "0");
        image("0.png", 2);
        put("0.cls", "1");

        refused("duplicate file name 0.png");
    }

    @Test
    void theSameKeyInAnotherShardIsAnotherSample() throws IOException {
        image("0.png", 1);
        put("0.cls", "0");
        write("0.tar");
        bytes.reset();
        tar = new TarArchiveOutputStream(bytes);
        image("0.png", 2);
        put("0.cls", "1");
        write("10.tar");

        try (ImageDataset dataset = ImageDatasets.open(folder)) {
            assertThat(labels(dataset)).containsExactly(0, 1);
        }
    }

    @Test
    void anImageWithoutLabelAndALabelWithoutImageAreRefused() throws IOException {
        image("0.png", 1);
        refused("sample 0 has the fields png, but no label 0.cls");

        bytes.reset();
        tar = new TarArchiveOutputStream(bytes);
        put("0.cls", "1");
        refused("sample 0 has the fields cls, but no image");
    }

    @Test
    void aLinkInPlaceOfAnImageIsRefused() throws IOException {
        image("0.png", 1);
        put("0.cls", "1");
        TarArchiveEntry link = new TarArchiveEntry("1.png", TarConstants.LF_LINK);
        link.setLinkName("0.png");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
        put("1.cls", "1");

        refused("1.png is a link or a device; pack the files themselves");
    }

    @Test
    void aShardWithoutItsEndMarkIsRefused() throws IOException {
        image("0.png", 1);
        put("0.cls", "0");
        write("0.tar");
        byte[] whole = bytes.toByteArray();
        int label = 512 + 512 + 512 + 512;
        Files.write(folder.resolve("0.tar"), Arrays.copyOf(whole, label));

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageDatasets.open(folder))
                .withMessage(folder + "/0.tar: a tar without its end mark; was it copied or packed to the end?");
    }

    @Test
    void archivesOneAfterTheOtherInAFileAreRefused() throws IOException {
        image("0.png", 1);
        put("0.cls", "0");
        write("0.tar");
        byte[] whole = bytes.toByteArray();
        Files.write(folder.resolve("0.tar"), whole, StandardOpenOption.APPEND);

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageDatasets.open(folder))
                .withMessageContaining("more follows the end mark");
    }

    private void image(String name, int number) throws IOException {
        put(name, TestImages.png(number));
    }

    private void put(String name, String text) throws IOException {
        put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void put(String name, byte[] content) throws IOException {
        Tars.put(tar, name, content);
    }

    private void write(String name) throws IOException {
        tar.close();
        Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private ImageDataset open() throws IOException {
        write("0.tar");
        return ImageDatasets.open(folder);
    }

    private void refused(String message) {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(this::open)
                .withMessageStartingWith(folder + "/0.tar: ")
                .withMessageContaining(message);
    }

    private static int[] labels(ImageDataset dataset) {
        return IntStream.range(0, dataset.size()).map(dataset::label).toArray();
    }
}
