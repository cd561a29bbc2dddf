package org.facemill.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.facemill.contracts.recipe.run.CopyKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackingTest {

    private static final int IDENTITIES = 12;
    private static final int IMAGES = 5;
    private static final int COPIES = 2;

    @TempDir
    private Path root;

    static List<String> formats() {
        return DatasetFormats.REGISTRY.names();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsPackedIsReadBackByteByByte(String format) throws IOException {
        pack(List.of(format), root);

        try (ImageDataset dataset = ImageDatasets.open(folder(root, format))) {
            assertThat(dataset.size()).isEqualTo(IDENTITIES * (IMAGES + COPIES));
            assertThat(dataset.classes()).isEqualTo(IDENTITIES);
            for (int i = 0; i < dataset.size(); i++) {
                int label = i / (IMAGES + COPIES);
                int image = i % (IMAGES + COPIES);
                assertThat(dataset.identity(label)).isEqualTo("context " + label);
                assertThat(dataset.label(i)).isEqualTo(label);
                assertThat(dataset.image(i)).as(dataset.name(i)).isEqualTo(encoded(label, image < IMAGES ? image : 0));
            }
        }
    }

    @Test
    void packingTwiceGivesTheSameFiles() throws IOException {
        pack(DatasetFormats.REGISTRY.names(), root.resolve("a"));
        pack(DatasetFormats.REGISTRY.names(), root.resolve("b"));

        try (Stream<Path> files = Files.walk(root.resolve("a")).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Path twin = root.resolve("b").resolve(root.resolve("a").relativize(file));
                assertThat(Files.mismatch(file, twin)).as(file.toString()).isEqualTo(-1);
            }
        }
    }

    @Test
    void classFoldersSortAsNumbers() throws IOException {
        pack(List.of("folder"), root);

        try (Stream<Path> folders = Files.list(root.resolve("folder"))) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(f -> f.getFileName().toString())
                            .sorted()
                            .map(Integer::valueOf)
                            .toList())
                    .hasSize(IDENTITIES)
                    .isSorted();
        }
    }

    @Test
    void recordIoBeginsWithWhereImagesAndIdentitiesEnd() throws IOException {
        pack(List.of("recordio"), root);

        ByteBuffer record = ByteBuffer.wrap(Files.readAllBytes(root.resolve("recordio/train.rec")))
                .order(ByteOrder.LITTLE_ENDIAN);

        assertThat(record.getInt(0)).isEqualTo(0xced7230a);
        assertThat(record.getInt(8)).isEqualTo(2);
        assertThat(record.getFloat(32)).isEqualTo(IDENTITIES * (IMAGES + COPIES) + 1);
        assertThat(record.getFloat(36)).isEqualTo(IDENTITIES * (IMAGES + COPIES) + 1 + IDENTITIES);
        assertThat(Files.readString(root.resolve("recordio/property"))).isEqualTo("12,112,112\n");
        assertThat(Files.readAllLines(root.resolve("recordio/train.idx")))
                .hasSize(IDENTITIES * (IMAGES + COPIES + 1) + 1);
        assertThat(Files.readAllLines(root.resolve("recordio/train.lst")).get(7))
                .isEqualTo("1\t0000001/0000.jpg\t1");
    }

    @Test
    void fewerIdentitiesThanAnnouncedAreNoDataset() throws IOException {
        List<Identity> announced = List.of(new Identity(0, "a", 1), new Identity(1, "b", 1));
        try (DatasetPacker packer = new DatasetPacker(
                List.of("recordio"), announced, Oversampling.NONE, 112, 112, DatasetTarget.folder(root))) {
            packer.add(0, List.of(encoded(0, 0)));

            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(packer::finish)
                    .withMessage("2 identities were announced, 1 came");
        }
    }

    @Test
    void aTruncatedRecordIoNamesTheRecord() throws IOException {
        pack(List.of("recordio"), root);
        Path records = root.resolve("recordio/train.rec");
        Files.write(records, Arrays.copyOf(Files.readAllBytes(records), 2000));

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageDatasets.open(root.resolve("recordio")))
                .withMessageContaining("train.rec")
                .withMessageContaining("reach past the end (2000 bytes)");
    }

    @Test
    void anIndexOfAnotherFileIsToldByItsOffsets() throws IOException {
        pack(List.of("recordio"), root);
        Path index = root.resolve("recordio/train.idx");
        Files.writeString(index, Files.readString(index).replaceFirst("\n1\t\\d+", "\n1\t44"));

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageDatasets.open(root.resolve("recordio")))
                .withMessageContaining("train.rec ends at byte 40, the next is said to be at byte 44")
                .withMessageContaining("is the index another's?");
    }

    @Test
    void aTruncatedShardIsToldWhenItIsOpened() throws IOException {
        pack(List.of("webdataset"), root);
        Path shard = root.resolve("webdataset/train-000000.tar");
        Files.write(shard, Arrays.copyOf(Files.readAllBytes(shard), 3000));

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageDatasets.open(root.resolve("webdataset")))
                .withMessageContaining("train-000000.tar");
    }

    @Test
    void aFolderWithoutADatasetSaysWhatWasExpected() {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageDatasets.open(root))
                .withMessageContaining("one subfolder of pictures for each identity");
    }

    private static void pack(List<String> formats, Path folder) throws IOException {
        List<Identity> identities = IntStream.range(0, IDENTITIES)
                .mapToObj(label -> new Identity(label, "context " + label, IMAGES))
                .toList();
        try (DatasetPacker packer = new DatasetPacker(
                formats,
                identities,
                new Oversampling(COPIES, CopyKind.IDENTICAL, 1),
                112,
                112,
                DatasetTarget.folder(folder))) {
            for (int label = 0; label < IDENTITIES; label++) {
                List<byte[]> images = new ArrayList<>();
                for (int image = 0; image < IMAGES; image++) {
                    images.add(encoded(label, image));
                }
                packer.add(label, images);
            }
            packer.finish();
        }
    }

    private static Path folder(Path root, String format) {
        return root.resolve(format);
    }

    /** Stands for an encoded image; every third holds RecordIO's magic number where it must be split. */
    private static byte[] encoded(int label, int image) {
        byte[] bytes = new byte[200 + 7 * label + image];
        new Random(label * 100L + image).nextBytes(bytes);
        if (image % 3 == 0) {
            ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            words.putInt(0, 0xced7230a)
                    .putInt(4, 0xced7230a)
                    .putInt(64, 0xced7230a)
                    .putInt(101, 0xced7230a);
        }
        return bytes;
    }
}
