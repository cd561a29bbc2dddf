package org.facemill.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets as others pack them: written here record by record. */
class RecordIoDatasetTest {

    private static final byte[] NOTHING = {};

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream records = new ByteArrayOutputStream();
    private final List<String> index = new ArrayList<>();

    @BeforeEach
    void aNewFile() {
        records.reset();
        index.clear();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void withoutAHeaderAllRecordsFromNumber0AreImagesWhateverTheirNumberOfLabels(int firstLabel) throws IOException {
        for (int i = 0; i < 12; i++) {
            record(i, TestImages.png(i), (firstLabel + i) % 4, 1);
        }

        try (ImageDataset dataset = open("train")) {
            assertThat(labels(dataset))
                    .containsExactly(IntStream.range(0, 12)
                            .map(i -> (firstLabel + i) % 4)
                            .toArray());
            assertThat(dataset.classes()).isEqualTo(4);
            assertThat(dataset.image(11)).isEqualTo(TestImages.png(11));
        }
    }

    @Test
    void withoutAHeaderRecordsOfOneLabelAreImages() throws IOException {
        record(0, TestImages.png(1), 5);
        record(1, TestImages.png(2), 7);

        try (ImageDataset dataset = open("train")) {
            assertThat(labels(dataset)).containsExactly(5, 7);
        }
    }

    @Test
    void aHeaderOfMoreLabelsThanTwoSaysWhereImagesEndInItsFirst() throws IOException {
        record(0, NOTHING, 3, 4, 0, 0);
        record(1, TestImages.png(1), 0, 1, 112, 112);
        record(2, TestImages.png(2), 1, 1, 112, 112);
        record(3, NOTHING, 1, 3);

        try (ImageDataset dataset = open("train")) {
            assertThat(labels(dataset)).containsExactly(0, 1);
            assertThat(dataset.image(1)).isEqualTo(TestImages.png(2));
        }
    }

    @Test
    void aHeaderWithoutRangesOfIdentitiesIsEnough() throws IOException {
        record(0, NOTHING, 2, 3);
        record(1, TestImages.png(1), 4);

        try (ImageDataset dataset = open("train")) {
            assertThat(labels(dataset)).containsExactly(4);
        }
    }

    @Test
    void anIndexWithFewerRecordsThanTheHeaderAnnouncesIsRefused() throws IOException {
        record(0, NOTHING, 13, 17);
        for (int i = 1; i < 6; i++) {
            record(i, TestImages.png(i), i / 3);
        }

        refused("train.idx: has 5 of the records 1 to 12, which record 0 announces as images");
    }

    @Test
    void anIndexThatLeavesOutRecordsOfTheFileIsRefused() throws IOException {
        IntStream.range(0, 4).forEach(i -> record(i, TestImages.png(i), i));
        index.remove(2);

        refused("the next is said to be at byte");
    }

    @Test
    void anIndexThatNamesARecordTwiceIsRefused() throws IOException {
        IntStream.range(0, 4).forEach(i -> record(i, TestImages.png(i), i));
        index.add(index.get(1).replaceFirst("1", "4"));

        refused("the next is said to be at byte");
        index.set(4, index.get(1));
        refused("number 1 twice");
    }

    @Test
    void anIndexInAnyOrderIsReadByItsNumbers() throws IOException {
        IntStream.range(0, 12).forEach(i -> record(i, TestImages.png(i), i));
        Collections.shuffle(index, new Random(3));

        try (ImageDataset dataset = open("train")) {
            assertThat(labels(dataset)).containsExactly(IntStream.range(0, 12).toArray());
        }
    }

    @Test
    void dcfacesIdentitiesAreTheFoldersOfItsList() throws IOException {
        for (int i = 0; i < 4; i++) {
            record(i, TestImages.png(i), 0);
        }
        Files.writeString(folder.resolve("list.txt"), "0\tx/10/0.jpg\n1\tx/2/0.jpg\n2\tx/2/1.jpg\n3\tx/10/1.jpg\n");

        try (ImageDataset dataset = open("file")) {
            assertThat(labels(dataset)).containsExactly(10, 2, 2, 10);
            assertThat(dataset.identity(10)).isEqualTo("10");
        }
    }

    @Test
    void aListThatWasCutOffIsRefused() throws IOException {
        record(0, TestImages.png(0), 0);
        record(1, TestImages.png(1), 0);
        Files.writeString(folder.resolve("list.txt"), "0\tanna/0.jpg\n");

        refused("list.txt: no line for record 1; was it cut off?");
    }

    @Test
    void recordsWithoutAnIndexAreRefusedByTheIndexsName() throws IOException {
        record(0, TestImages.png(0), 0);
        Files.write(folder.resolve("faces.rec"), records.toByteArray());

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageDatasets.open(folder))
                .withMessageStartingWith(folder + "/faces.idx: no such file");
    }

    @Test
    void ofSeveralFilesTrainIsMeantAndOthersAreRefused() throws IOException {
        record(0, TestImages.png(0), 0);
        write("a");
        refused("several datasets, a.rec, b.rec", "b");

        try (ImageDataset dataset = open("train")) {
            assertThat(dataset.size()).isEqualTo(1);
        }
    }

    private void record(int number, byte[] image, float... labels) {
        index.add(number + "\t" + records.size());
        records.writeBytes(RecordIo.frame(RecordIo.content(number, image, labels)));
    }

    private ImageDataset open(String stem) throws IOException {
        write(stem);
        return ImageDatasets.open(folder);
    }

    private void write(String stem) throws IOException {
        Files.write(folder.resolve(stem + ".rec"), records.toByteArray());
        Files.write(folder.resolve(stem + ".idx"), index);
    }

    private void refused(String message) throws IOException {
        refused(message, "train");
    }

    private void refused(String message, String stem) throws IOException {
        write(stem);
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageDatasets.open(folder))
                .withMessageContaining(message);
    }

    private static int[] labels(ImageDataset dataset) {
        return IntStream.range(0, dataset.size()).map(dataset::label).toArray();
    }
}
