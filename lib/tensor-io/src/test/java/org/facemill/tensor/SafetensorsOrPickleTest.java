package org.facemill.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsOrPickleTest {

    @TempDir
    private Path folder;

    @Test
    void a_header_whose_length_begins_with_a_pickle_s_first_byte_is_read() throws IOException {
        Path file = folder.resolve("x.safetensors");
        int padding = 0;
        do {
            Safetensors.write(
                    file, Map.of("x", Tensor.of(new long[] {1}, 5f)), Map.of("padding", "-".repeat(padding++)));
        } while ((Files.readAllBytes(file)[0] & 0xFF) != 0x80);

        try (TensorFile opened = TensorFile.open(file)) {
            assertThat(opened.format()).isEqualTo(TensorFile.Format.SAFETENSORS);
            assertThat(opened.get("x").floats()).containsExactly(5f);
        }
    }
}
