package org.facemill.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetCheckTest {

    private static final byte[] EMPTY = {};
    private static final byte[] PAGE = "<!DOCTYPE html><title>404</title>".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CUT = Arrays.copyOf(TestImages.png(1), TestImages.png(1).length - 20);

    @Test
    void whatIsNoPictureOrOfAnotherSizeThanMostIsNamedWithItsReason() {
        ImageDataset dataset = ImageDatasets.of(
                "faces",
                List.of(
                        List.of(TestImages.png(9, 9, 0), TestImages.png(1), TestImages.png(2)),
                        List.of(EMPTY, PAGE),
                        List.of(TestImages.png(3), CUT)));

        DatasetCheck check = DatasetCheck.of(dataset, () -> {});

        assertThat(check.width()).isEqualTo(8);
        assertThat(check.good())
                .containsOnlyKeys(0, 2)
                .containsEntry(0, List.of(1, 2))
                .containsEntry(2, List.of(5));
        assertThat(check.images()).isEqualTo(3);
        assertThat(check.failures())
                .extracting(DatasetCheck.Failure::image)
                .containsExactly(
                        "faces image 0 of class 0",
                        "faces image 3 of class 1",
                        "faces image 4 of class 1",
                        "faces image 6 of class 2");
        assertThat(check.failures())
                .extracting(DatasetCheck.Failure::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith("9 x 9 pixels, where most images have 8 x 8"),
                        reason -> assertThat(reason).startsWith("an empty file"),
                        reason -> assertThat(reason).startsWith("neither PNG nor JPEG"),
                        reason -> assertThat(reason).startsWith("truncated PNG"));
    }

    @Test
    void aDatasetWithoutAnyPictureIsRefused() {
        ImageDataset dataset = ImageDatasets.of("faces", List.of(List.of(PAGE), List.of(EMPTY)));

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> DatasetCheck.of(dataset, () -> {}))
                .withMessageStartingWith("faces image 0 of class 0: neither PNG nor JPEG");
    }
}
