package org.facemill.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.razorvine.pickle.Pickler;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

    private static final JsonNode PICKLES = pickles();

    private static JsonNode pickles() {
        try (InputStream json = VerificationSetTest.class.getResourceAsStream("/verification-pickles.json")) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<String> kinds() {
        return PICKLES.propertyStream().map(Map.Entry::getKey);
    }

    /** Made by Python 3.11 and numpy 2.4; those of Python 2 by hand. */
    @ParameterizedTest
    @MethodSource("kinds")
    void everyProtocolAndKindOfListIsRead(String kind) {
        ByteBuffer file =
                ByteBuffer.wrap(Base64.getDecoder().decode(PICKLES.get(kind).asText()));
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }

        VerificationSet set = VerificationSet.read("lfw.bin", file);

        assertThat(set.same()).containsExactly(true, false);
        assertThat(set.images())
                .usingElementComparator(Arrays::compare)
                .containsExactly(
                        "\u0089PNG\r\n\u001a\n\0\u00ff'\"\\u0041".getBytes(StandardCharsets.ISO_8859_1),
                        "two".getBytes(StandardCharsets.ISO_8859_1),
                        new byte[0],
                        all);
    }

    @Test
    void otherTruthValuesThanTwoAreRefused() {
        // pickle.dumps(([b, b], [-1]), protocol=0) of Python 2
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> read("((lp0\nS'x'\naS'y'\na(lp1\nI-1\natp2\n."))
                .withMessage("odd.bin: the truth value -1; expected True or False, or 1 or 0");
    }

    @Test
    void anotherNumberOfTruthValuesThanOfPairsIsRefused() {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> read("((lp0\nS'x'\naS'y'\na(lp1\nI01\naI01\natp2\n."))
                .withMessage("odd.bin: 2 images and 2 truth values; expected two images for each value");
    }

    private static VerificationSet read(String pickle) {
        return VerificationSet.read("odd.bin", ByteBuffer.wrap(pickle.getBytes(StandardCharsets.ISO_8859_1)));
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
    void imagesMayBeByteArrays() throws IOException {
        List<byte[]> images = List.of(new byte[] {1}, new byte[70_000], new byte[0], new byte[] {'.', 'e'});
        byte[] pickle = new Pickler().dumps(List.of(images, List.of(true, false)));

        VerificationSet read = VerificationSet.read("own.bin", ByteBuffer.wrap(pickle));

        assertThat(read.images()).usingElementComparator(Arrays::compare).containsExactlyElementsOf(images);
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
