package org.facemill.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                .hasMessage("disk full");

        assertThat(file).hasContent("old");
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
