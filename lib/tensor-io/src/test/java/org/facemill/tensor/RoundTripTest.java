package org.facemill.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {
    @TempDir
    Path folder;

    private final Map<String, Tensor> tensors =
            new LinkedHashMap<>(Map.of("one", Tensor.of(new long[] {2, 3}, 1, 2, 3, 4, 5, 6.5f)));

    {
        tensors.put("scalar", Tensor.of(new long[0], -7L));
        tensors.put("empty", Tensor.of(new long[] {0, 4}, new float[0]));
        tensors.put("bytes", Tensor.of(DType.U8, new long[] {3}, ByteBuffer.wrap(new byte[] {1, -1, 0})));
    }

    @Test
    void safetensorsComeBackWithOrderTypesAndMetadata() throws IOException {
        Path file = folder.resolve("x.safetensors");

        Safetensors.write(file, tensors, Map.of("format", "pt"));

        try (TensorFile read = TensorFile.open(file)) {
            assertThat(read.format()).isEqualTo(TensorFile.Format.SAFETENSORS);
            assertThat(read.values()).containsExactly(entry("format", "pt"));
            assertSame(read);
        }
    }

    @Test
    void safetensorsAreToldFromPicklesWhateverTheLengthOfTheirHeader() throws IOException {
        Path file = folder.resolve("x.safetensors");
        for (int length = 0;
                length < 256;
                length += 8) { // the first byte of the file is the last of the header's length
            Safetensors.write(file, tensors, Map.of("note", " ".repeat(length)));

            try (TensorFile read = TensorFile.open(file)) {
                assertThat(read.format()).isEqualTo(TensorFile.Format.SAFETENSORS);
            }
        }
    }

    @Test
    void safetensorsHoldEveryDtypeOfAPyTorchCheckpoint() throws IOException {
        Path file = folder.resolve("zoo.safetensors");

        try (TensorFile zoo = TensorFile.open(Golden.path("09_formats/dtype_zoo.pth"))) {
            Safetensors.write(file, zoo.tensors(), Map.of());

            try (TensorFile read = TensorFile.open(file)) {
                assertThat(read.names()).containsExactlyInAnyOrderElementsOf(zoo.names());
                for (String name : zoo.names()) {
                    assertThat(read.get(name).toString())
                            .isEqualTo(zoo.get(name).toString());
                    assertThat(read.get(name).doubles())
                            .as(name)
                            .isEqualTo(zoo.get(name).doubles());
                }
            }
        }
    }

    @Test
    void npzComesBackAndIsTheSameBytesEachTime() throws IOException {
        Npz.write(folder.resolve("a.npz"), tensors);
        Npz.write(folder.resolve("b.npz"), tensors);

        assertThat(folder.resolve("a.npz")).hasSameBinaryContentAs(folder.resolve("b.npz"));
        try (TensorFile read = TensorFile.open(folder.resolve("a.npz"))) {
            assertThat(read.format()).isEqualTo(TensorFile.Format.NPZ);
            assertSame(read);
        }
    }

    @Test
    void aCompressedNpzIsReadToo() throws IOException {
        Path npy = folder.resolve("x.npy");
        float[] values = new float[100_000];
        values[99_999] = 3;
        Npy.write(npy, Tensor.of(new long[] {100_000}, values));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("x.npz")))) {
            zip.putNextEntry(new ZipEntry("x.npy"));
            Files.copy(npy, zip);
        }

        try (TensorFile read = TensorFile.open(folder.resolve("x.npz"))) {
            assertThat(read.get("x").floats()).isEqualTo(values);
            assertThat(read.get("x").bytes().getFloat(4 * 99_999)).isEqualTo(3);
        }
    }

    @Test
    void npyIsWrittenAsNumpyWritesIt() throws IOException {
        String golden = "05_sampling/context.npy";

        Npy.write(folder.resolve("x.npy"), Golden.tensor(golden));

        assertThat(folder.resolve("x.npy")).hasSameBinaryContentAs(Golden.path(golden));
    }

    @Test
    void fortranOrderAndBigEndianNpyAreTurnedRound() throws IOException {
        String dict = "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }\n";
        ByteBuffer file = ByteBuffer.allocate(10 + dict.length() + 12);
        file.put(("\u0093NUMPY\u0001\0" + (char) dict.length() + "\0" + dict).getBytes(StandardCharsets.ISO_8859_1));
        for (short v : new short[] {1, 4, 2, 5, 3, -6}) {
            file.putShort(v);
        }
        Files.write(folder.resolve("x.npy"), file.array());

        assertThat(Npy.read(folder.resolve("x.npy")).longs()).containsExactly(1, 2, 3, 4, 5, -6);
    }

    @Test
    void aTensorIsReadInPiecesThroughOneBuffer() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, tensors, Map.of());

        try (TensorFile read = TensorFile.open(file)) {
            ByteBuffer piece = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
            read.get("one").read(16, piece);
            assertThat(piece.getFloat(0)).isEqualTo(5);
            assertThat(piece.getFloat(4)).isEqualTo(6.5f);
        }
    }

    @Test
    void partsAndNormsAreThoseOfTheContent() throws IOException {
        Path file = folder.resolve("x.npz");
        Npz.write(file, tensors);

        try (TensorFile read = TensorFile.open(file)) {
            assertThat(read.get("one").part(1).floats()).containsExactly(4, 5, 6.5f);
            assertThat(read.get("one").part(1).norm()).isEqualTo(Math.sqrt(16 + 25 + 6.5 * 6.5));
            assertThat(read.get("empty").norm()).isZero();
            assertThatThrownBy(() -> read.get("one").part(2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void tensorsBeyondTwoGigabytesAreFound() throws IOException {
        long half = 1_500_000_000;
        String header = ("{\"a\":{\"dtype\":\"U8\",\"shape\":[" + half + "],\"data_offsets\":[0," + half + "]},"
                + "\"b\":{\"dtype\":\"U8\",\"shape\":[" + half + "],\"data_offsets\":[" + half + "," + 2 * half
                + "]}}");
        Path file = folder.resolve("large.safetensors");
        try (FileChannel sparse = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length()));
            sparse.write(ByteBuffer.wrap(header.getBytes(StandardCharsets.US_ASCII)));
            sparse.write(ByteBuffer.wrap(new byte[] {42}), 8 + header.length() + 2 * half - 1);
        }

        try (TensorFile read = TensorFile.open(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            read.get("b").read(half - 1, last);
            assertThat(last.get(0)).isEqualTo((byte) 42);
            assertThat(read.get("b").bytes().get((int) half - 1)).isEqualTo((byte) 42);
        }
    }

    @Test
    void aMissingTensorIsNamedWithItsFile() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, tensors, Map.of());

        try (TensorFile read = TensorFile.open(file)) {
            assertThatThrownBy(() -> read.get("two"))
                    .hasMessageContaining("x.safetensors")
                    .hasMessageContaining("`two`");
        }
    }

    @Test
    void contextsMustBeOfOneLengthAndFinite() throws IOException {
        Path file = folder.resolve("contexts.npz");

        Npz.write(file, Map.of("a", Tensor.of(new long[] {2}, 1, Float.NaN)));
        assertThatThrownBy(() -> Contexts.read(file)).hasMessageContaining("NaN");

        Npz.write(file, Map.of("a", Tensor.of(new long[] {2}, 1f, 2f), "b", Tensor.of(new long[] {3}, 1f, 2f, 3f)));
        assertThatThrownBy(() -> Contexts.read(file)).hasMessageContaining("values");

        Npz.write(file, Map.of("a", Tensor.of(new long[] {2}, 1, 2)));
        assertThatThrownBy(() -> Contexts.read(file)).hasMessageContaining("floating-point");

        Npz.write(file, Map.of("a", Tensor.of(new long[] {2}, 0, -0f), "b", Tensor.of(new long[] {2}, 0, 1e-30f)));
        assertThat(Contexts.isZero(Contexts.read(file).get("a"))).isTrue();
        assertThat(Contexts.isZero(Contexts.read(file).get("b"))).isFalse();
    }

    private void assertSame(TensorFile read) throws IOException {
        assertThat(read.names()).containsExactlyElementsOf(tensors.keySet());
        for (var e : tensors.entrySet()) {
            assertThat(read.get(e.getKey()).toString()).isEqualTo(e.getValue().toString());
            assertThat(read.get(e.getKey()).bytes()).isEqualTo(e.getValue().bytes());
        }
    }
}
