package org.facemill.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UnfinishedDatasetTest {

    private static final List<Identity> IDENTITIES =
            List.of(new Identity(0, "anna", 2), new Identity(3, "bob, \"b\"\n", 2), new Identity(12, "李", 2));

    @TempDir
    private Path root;

    static List<String> formats() {
        return DatasetFormats.REGISTRY.names();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aDatasetThatWasNotPackedToTheEndIsRefused(String format) throws IOException {
        try (DatasetPacker packer = packer(format)) {
            IntStream.range(0, 3).forEach(i -> add(packer, i));
        }

        refused(format, "a dataset that was not packed to the end, as its file UNFINISHED says; pack it again");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aDatasetCutOffByAnErrorIsRefused(String format) throws IOException {
        try (DatasetPacker packer = packer(format)) {
            add(packer, 0);
        }

        refused(format, "not packed to the end");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aWholeOneHasItsIdentitiesNamesAndNumbers(String format) throws IOException {
        pack(format);

        try (ImageDataset dataset = ImageDatasets.open(folder(format))) {
            assertThat(IntStream.range(0, 6).map(dataset::label)).containsExactly(0, 0, 3, 3, 12, 12);
            assertThat(dataset.classes()).isEqualTo(13);
            assertThat(dataset.identity(3)).isEqualTo("bob, \"b\"\n");
            assertThat(dataset.identity(12)).isEqualTo("李");
            assertThat(dataset.remarks()).isEmpty();
        }
        assertThat(folder(format).resolve("identities.csv"))
                .hasContent("label,identity,images\n0,anna,2\n3,\"bob, \"\"b\"\"\n\",2\n12,李,2\n");
    }

    @Test
    void aFolderOfWhichAPictureIsMissingIsRefused() throws IOException {
        pack("folder");
        Files.delete(folder("folder").resolve("0000003/0001.png"));

        refused(
                "folder",
                "identities.csv: announces 2 images of identity 3 ('bob, \"b\"\n'), the dataset beside it has 1");
    }

    @Test
    void aFolderThatHasAnIdentityMoreIsRefused() throws IOException {
        pack("folder");
        Files.createDirectory(folder("folder").resolve("0000004"));
        Files.write(folder("folder").resolve("0000004/0000.png"), TestImages.png(1));

        refused("folder", "announces 0 images of identity 4 ('0000004'), the dataset beside it has 1");
    }

    @ParameterizedTest
    @CsvSource({
        "recordio, train.rec",
        "recordio, train.idx",
        "tfrecord, train-00000.tfrecord",
        "tfrecord, train.index",
        "webdataset, train-000000.tar"
    })
    void everyCutOfAPackedFileIsRefusedByName(String format, String name) throws IOException {
        pack(format);
        Files.delete(folder(format).resolve("identities.csv"));
        Path file = folder(format).resolve(name);
        byte[] whole = Files.readAllBytes(file);

        for (int length = 0; length < whole.length - 1; length += 1 + whole.length / 97) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertThatExceptionOfType(DatasetException.class)
                    .as("%s cut to %d of %d bytes", name, length, whole.length)
                    .isThrownBy(() -> ImageDatasets.open(folder(format)))
                    .withMessageContaining(folder(format).toString());
        }
    }

    @Test
    void datasetsInSeveralFormsInOneFolderAreRefused() throws IOException {
        pack("recordio");
        pack("webdataset");
        Files.copy(
                folder("webdataset").resolve("train-000000.tar"),
                folder("recordio").resolve("faces.tar"));

        refused("recordio", "datasets in several forms");
    }

    @Test
    void picturesBesideAPackedDatasetAreCountedAndSaid() throws IOException {
        pack("tfrecord");
        Files.write(folder("tfrecord").resolve("preview.png"), TestImages.png(1));

        try (ImageDataset dataset = ImageDatasets.open(folder("tfrecord"))) {
            assertThat(dataset.remarks()).singleElement().asString().endsWith("1 pictures beside are left out");
        }
    }

    private void refused(String format, String message) {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageDatasets.open(folder(format)))
                .withMessageContaining(folder(format).toString())
                .withMessageContaining(message);
    }

    private void pack(String format) throws IOException {
        try (DatasetPacker packer = packer(format)) {
            IntStream.range(0, 3).forEach(i -> add(packer, i));
            packer.finish();
        }
    }

    private DatasetPacker packer(String format) throws IOException {
        return new DatasetPacker(List.of(format), IDENTITIES, Oversampling.NONE, 8, 8, DatasetTarget.folder(root));
    }

    private static void add(DatasetPacker packer, int identity) {
        try {
            packer.add(identity, List.of(TestImages.png(2 * identity), TestImages.png(2 * identity + 1)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path folder(String format) {
        return root.resolve(format);
    }
}
