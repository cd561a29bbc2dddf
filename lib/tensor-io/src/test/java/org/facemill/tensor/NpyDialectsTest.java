package org.facemill.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as numpy of several versions writes them: npy-dialects.json was made by numpy 2.4, headers of Python 2 by hand. */
class NpyDialectsTest {

    private static final JsonNode FILES = read();

    @TempDir
    private Path folder;

    static Stream<String> arrays() {
        return FILES.get("arrays").propertyStream().map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void anArrayIsTheSameInEveryDialect(String dialect) throws IOException {
        try (TensorFile file = TensorFile.open(write(FILES.get("arrays").get(dialect)))) {
            Tensor array = file.get(TensorFile.BARE_ARRAY);

            assertThat(array.shape()).containsExactly(2, 3);
            assertThat(array.doubles())
                    .containsExactly(1, 2, 3, 4, 5, array.dtype().isFloating() ? 6.5 : 6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text of numpy, anna, 李",
        "int64 of numpy, 7, -1",
        "bytes of numpy, anna, bob",
        "plain text, anna, bob",
        "plain numbers, 7, 8"
    })
    void contextsMayBeKeyedByAnyKindOfTextOrNumber(String kind, String first, String second) throws IOException {
        Map<String, float[]> contexts =
                Contexts.read(write(FILES.get("dictionaries").get(kind)));

        assertThat(contexts).containsOnlyKeys(first, second);
        assertThat(contexts.get(first)).containsExactly(1, 2, 3);
        assertThat(contexts.get(second)).containsExactly(4, 5, 6.5f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)} | an array of records",
                "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)} | numpy type '<c8' is none that a tensor can"
                        + " hold",
                "{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (1,)} | numpy type '<M8[ns]' is not understood",
                "{'descr': '<f4', 'shape': (1,)} | without the keys descr, fortran_order and shape",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1.5,)} | numpy header not understood",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)} | numpy header not understood",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x | more after its end",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1, | numpy header not understood"
            })
    void whatIsNoArrayOfNumbersIsRefusedForItsTrueReason(String header, String reason) throws IOException {
        assertThatExceptionOfType(TensorFormatException.class)
                .isThrownBy(() -> TensorFile.open(write(header, new byte[64])).close())
                .withMessageContaining("x.npy")
                .withMessageContaining(reason);
    }

    @Test
    void aKeyThatIsNeitherTextNorNumberIsNamedByItsKind() {
        // pickle.dumps({(1, 2): 3}, protocol=0)
        String tuple = "(dp0\n(I1\nI2\ntp1\nI3\ns.";

        assertThatExceptionOfType(TensorFormatException.class)
                .isThrownBy(() -> SafePickle.read("x.pkl", ByteBuffer.wrap(tuple.getBytes(StandardCharsets.US_ASCII))))
                .withMessageContaining("a dictionary key is a tuple, neither text nor number");
    }

    private Path write(JsonNode base64) throws IOException {
        return Files.write(folder.resolve("x.npy"), Base64.getDecoder().decode(base64.asText()));
    }

    private Path write(String header, byte[] data) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        file.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(data);
        return Files.write(folder.resolve("x.npy"), file.toByteArray());
    }

    private static JsonNode read() {
        try (InputStream json = NpyDialectsTest.class.getResourceAsStream("/npy-dialects.json")) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void labelsAreNoContexts() throws IOException {
        Path labels = folder.resolve("labels.npy");
        // numpy.save of numpy.arange(2)
        Files.writeString(
                labels,
                "\u0093NUMPY\1\0v\0{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }" + " ".repeat(60) + "\n"
                        + "\0".repeat(8) + "\1" + "\0".repeat(7),
                StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(TensorFormatException.class)
                .isThrownBy(() -> Contexts.read(labels))
                .withMessageContaining("labels.npy")
                .withMessageContaining("floating-point");
    }

    @Test
    void aFolderIsNamed() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> TensorFile.open(folder))
                .withMessage(folder + ": is a folder, expected a file of tensors");
    }
}
