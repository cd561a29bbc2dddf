package org.facemill.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationSetTest {

    @ParameterizedTest
    @ValueSource(strings = {"pairs10_py3.bin", "pairs10_py2.bin", "pairs10_numpy.bin"})
    void readsWhatAnyPythonWrote(String file) throws IOException {
        long[] same = Golden.longs("09_formats/pairs10_issame.npy");
        double[] means = Golden.doubles("09_formats/pairs10_mean_per_image.npy");

        VerificationSet set =
                VerificationSet.read(file, ByteBuffer.wrap(Files.readAllBytes(Golden.path("09_formats/" + file))));

        assertThat(set.images()).hasSize(20);
        for (int pair = 0; pair < 10; pair++) {
            assertThat(set.same().get(pair)).isEqualTo(same[pair] != 0);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(mean(set.images().get(i))).isCloseTo(means[i], within(0.1));
        }
    }

    @Test
    void pixelsAreThoseThatTheOriginalReads() throws IOException {
        float[] golden = Golden.floats("09_formats/pairs10_image0_uint8_chw.npy");
        byte[] file = Files.readAllBytes(Golden.path("09_formats/pairs10_py3.bin"));

        RgbImage first = decode(
                VerificationSet.read("lfw.bin", ByteBuffer.wrap(file)).images().get(0));

        double difference = 0;
        for (int i = 0; i < golden.length; i++) {
            difference += Math.abs(first.rgb(i % 112, i / 112 % 112, i / (112 * 112)) - golden[i]) / golden.length;
        }
        assertThat(difference).isLessThan(0.5);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        VerificationSet set = new VerificationSet(
                List.of(new byte[] {1}, new byte[70_000], new byte[0], new byte[] {'.', 'e'}), List.of(true, false));

        VerificationSet read = VerificationSet.read("own.bin", ByteBuffer.wrap(set.write()));

        assertThat(read.images()).usingElementComparator(Arrays::compare).containsExactlyElementsOf(set.images());
        assertThat(read.same()).containsExactly(true, false);
    }

    @Test
    void anotherPickleIsRefused() {
        byte[] emptyList = HexFormat.of().parseHex("80035d2e");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> VerificationSet.read("odd.bin", ByteBuffer.wrap(emptyList)))
                .withMessage("odd.bin: no verification set; expected a pickle of 2 n images and n truth values");
    }

    @Test
    void aPickleThatWouldRunSomethingIsRefused() {
        byte[] hostile = "cos\nsystem\n(S'true'\ntR.".getBytes();

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> VerificationSet.read("evil.bin", ByteBuffer.wrap(hostile)))
                .withMessageContaining("os.system");
    }

    private static double mean(byte[] encoded) {
        byte[] pixels = decode(encoded).pixels();
        double sum = 0;
        for (byte pixel : pixels) {
            sum += pixel & 0xFF;
        }
        return sum / pixels.length;
    }

    private static RgbImage decode(byte[] encoded) {
        return Images.decode(encoded, "pair", Limits.DEFAULT);
    }
}
