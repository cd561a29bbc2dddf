package org.facemill.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFilesTest {

    @TempDir
    Path folder;

    @Test
    void a_file_takes_the_place_of_the_one_before() throws IOException {
        Path file = Files.writeString(folder.resolve("state"), "old");

        WholeFiles.write(file, "new".getBytes());

        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void a_write_that_fails_leaves_what_was_there() throws IOException {
        Path file = Files.writeString(folder.resolve("state"), "old");

        assertThatThrownBy(() -> WholeFiles.write(file, path -> {
                    Files.writeString(path, "ne");
                    throw new IOException("disk full");
                }))
                .hasMessage(file + ": disk full");

        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void a_write_that_fails_names_the_file() throws IOException {
        Path target = Files.createDirectories(folder.resolve("target"));
        Files.createFile(target.resolve("occupied"));

        assertThatThrownBy(() -> WholeFiles.write(target, "text")).hasMessageContaining(target + ": ");
        assertThatThrownBy(() -> WholeFiles.write(folder.resolve("absent/file"), "text"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder.resolve("absent/file").toString());
        assertThatThrownBy(() -> WholeFiles.write(folder.resolve("x".repeat(300)), "text"))
                .hasMessageContaining("x: File name too long");
    }

    /** Every way of writing a file; /dev/full is a disk without space. */
    @Test
    void a_disk_that_is_full_is_named_with_the_file() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));
        Tensor tensor = Tensor.of(new long[] {4}, new float[4]);

        assertThatThrownBy(() -> Npy.write(full, tensor)).hasMessage("/dev/full: No space left on device");
        assertThatThrownBy(() -> Safetensors.write(full, Map.of("a", tensor), Map.of()))
                .hasMessage("/dev/full: No space left on device");
        assertThatThrownBy(() -> {
                    try (OutputStream out = FileErrors.open(full)) {
                        out.write(new byte[10]);
                    }
                })
                .hasMessage("/dev/full: No space left on device");
    }

    @Test
    void a_folder_goes_with_all_that_is_in_it_but_not_with_what_it_links_to() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept"), "here");
        Path deep = Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(deep.resolve("c"), "c");
        Files.createSymbolicLink(deep.resolve("link"), kept);

        WholeFiles.delete(folder.resolve("a"));
        WholeFiles.delete(folder.resolve("a"));

        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(kept).exists();
    }
}
