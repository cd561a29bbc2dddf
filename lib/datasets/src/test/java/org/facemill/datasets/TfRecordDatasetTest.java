package org.facemill.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TfRecordDatasetTest {

    private static final String CASE = "09_formats/tfrecord/";

    @Test
    void readsWhatImg2tfrecordWrote() throws NoSuchAlgorithmException {
        JsonNode records = Golden.json(CASE + "case.json").get("records");

        try (ImageDataset dataset = ImageDatasets.open(Golden.path(CASE))) {
            assertThat(dataset.size()).isEqualTo(records.size());
            assertThat(dataset.classes()).isEqualTo(3);
            for (int i = 0; i < records.size(); i++) {
                byte[] jpeg = dataset.image(i);
                byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(jpeg);
                assertThat(dataset.label(i))
                        .isEqualTo(records.get(i).get("label").asInt());
                assertThat(HexFormat.of().formatHex(sha1))
                        .isEqualTo(records.get(i).get("jpeg_sha1").asText());
                assertThat(mean(jpeg, 0))
                        .isCloseTo(records.get(i).get("decoded_bgr_mean").get(2).asDouble(), within(0.5));
            }
        }
    }

    @Test
    void framesAreTensorflows() throws IOException {
        JsonNode first = Golden.json(CASE + "case.json").get("records").get(0);
        byte[] shard = Files.readAllBytes(Golden.path(CASE + "Syn_10k-00000.tfrecord"));
        int length = first.get("proto_length").asInt();

        byte[] record =
                TfRecord.frame(TfRecord.example(TfRecord.image(Arrays.copyOfRange(shard, 12, 12 + length), "golden")));

        assertThat(record).isEqualTo(Arrays.copyOf(shard, 16 + length));
    }

    @Test
    void aFlippedBitIsFound(@TempDir Path folder) throws IOException {
        Files.copy(Golden.path(CASE + "Syn_10k.index"), folder.resolve("Syn_10k.index"));
        byte[] shard = Files.readAllBytes(Golden.path(CASE + "Syn_10k-00000.tfrecord"));
        shard[500] ^= 1;
        Files.write(folder.resolve("Syn_10k-00000.tfrecord"), shard);

        try (ImageDataset dataset = ImageDatasets.open(folder)) {
            assertThatExceptionOfType(DatasetException.class)
                    .isThrownBy(() -> dataset.image(0))
                    .withMessageContaining("wrong checksum of the record at byte 0");
            assertThat(dataset.image(1)).isNotEmpty();
        }
    }

    @Test
    void aRecordThatIsNoExampleIsRefused() {
        byte[] hostile = HexFormat.of().parseHex("0affffffff0f00");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> TfRecord.image(hostile, "x.tfrecord"))
                .withMessageStartingWith("x.tfrecord: no tf.train.Example");
    }

    private static double mean(byte[] encoded, int channel) {
        RgbImage image = Images.decode(encoded, "golden", Limits.DEFAULT);
        return IntStream.range(0, 112 * 112)
                .map(i -> image.rgb(i % 112, i / 112, channel))
                .average()
                .orElseThrow();
    }
}
