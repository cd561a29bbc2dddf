package org.facemill.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.facemill.datasets.DatasetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {

    @TempDir
    private Path folder;

    @Test
    void comeInTheOrderThatPeopleCountIn() throws IOException {
        files("10/1.png", "2/10.png", "2/9.jpg", "2 b/1.JPEG", "a.png", "note.txt");

        assertThat(paths(folder)).containsExactly("2/9.jpg", "2/10.png", "2 b/1.JPEG", "10/1.png", "a.png");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".ipynb_checkpoints/1-checkpoint.png",
                "@eaDir/SYNOPHOTO_THUMB_M.jpg",
                "a/@eaDir/1.png/SYNOFILE_THUMB.jpg",
                "__MACOSX/a/._1.png",
                "a/._1.png",
                "#recycle/1.png",
                "lost+found/1.png",
                "$RECYCLE.BIN/1.png",
                "System Volume Information/1.png",
                ".Trash-1000/files/1.png",
                "THUMBS.DB/1.png"
            })
    void whatTheSystemLeavesIsPassedOver(String file) throws IOException {
        files("a/1.png", file);

        assertThat(paths(folder)).containsExactly("a/1.png");
    }

    @Test
    void aFolderThatIsItselfHiddenIsReadWhenItIsAskedFor() throws IOException {
        files(".cache/a/1.png");

        assertThat(paths(folder.resolve(".cache"))).containsExactly("a/1.png");
    }

    @Test
    void picturesOfOtherKindsAreNotPassedOver() throws IOException {
        files("a/1.webp", "a/2.BMP", "a/3.tiff", "a/4.jfif");

        assertThat(paths(folder)).hasSize(4);
    }

    @Test
    void linksAreFollowedWhereverTheyStand() throws IOException {
        files("real/a/1.png", "real/a/2.png", "mix/b/1.png");
        Files.createSymbolicLink(folder.resolve("root"), folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("mix/a"), Path.of("../real/a"));
        Files.createSymbolicLink(folder.resolve("mix/b/2.png"), Path.of("../../real/a/2.png"));

        assertThat(paths(folder.resolve("root"))).containsExactly("a/1.png", "a/2.png");
        assertThat(paths(folder.resolve("mix"))).containsExactly("a/1.png", "a/2.png", "b/1.png", "b/2.png");
    }

    @Test
    void aLinkInACircleIsRefusedByName() throws IOException {
        files("a/1.png");
        Files.createSymbolicLink(folder.resolve("a/up"), folder);

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> Pictures.below(folder))
                .withMessage(folder.resolve("a/up") + ": a symbolic link to a folder that it lies in; remove it");
    }

    @Test
    void aHiddenLinkInACircleIsPassedOver() throws IOException {
        files("a/1.png");
        Files.createSymbolicLink(folder.resolve("a/.up"), folder);

        assertThat(paths(folder)).containsExactly("a/1.png");
    }

    @Test
    void aLinkToNothingIsAPictureThatCannotBeRead() throws IOException {
        files("a/1.png");
        Files.createSymbolicLink(folder.resolve("a/2.png"), Path.of("nowhere.png"));

        assertThat(paths(folder)).containsExactly("a/1.png", "a/2.png");
    }

    @Test
    void aFolderWithoutPicturesAndNoFolderAreRefused() throws IOException {
        files("note.txt");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> Pictures.below(folder))
                .withMessage(folder + ": no .png or .jpg files in it or its subfolders");
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> Pictures.below(folder.resolve("note.txt")))
                .withMessage(folder.resolve("note.txt") + ": no folder");
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> Pictures.below(folder.resolve("x")))
                .withMessage(folder.resolve("x") + ": no such folder");
    }

    private void files(String... paths) throws IOException {
        for (String path : paths) {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    private static List<String> paths(Path folder) {
        return Pictures.below(folder).stream().map(Pictures.Picture::path).toList();
    }
}
