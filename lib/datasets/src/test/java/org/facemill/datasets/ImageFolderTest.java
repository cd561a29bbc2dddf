package org.facemill.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    private Path folder;

    @Test
    void identitiesAreNumberedInTheOrderThatPeopleCountIn() throws IOException {
        files("p10/1.png", "p2/10.png", "p2/9.png");

        try (ImageDataset dataset = ImageDatasets.open(folder)) {
            assertThat(names(dataset)).containsExactly("p2/9.png", "p2/10.png", "p10/1.png");
            assertThat(labels(dataset)).containsExactly(0, 0, 1);
            assertThat(dataset.identity(1)).isEqualTo("p10");
        }
    }

    @Test
    void foldersThatAreNumbersAreTheirLabels() throws IOException {
        files("10/1.png", "0002/1.png", "7/1.png");

        try (ImageDataset dataset = ImageDatasets.open(folder)) {
            assertThat(labels(dataset)).containsExactly(2, 7, 10);
            assertThat(dataset.identity(2)).isEqualTo("0002");
            assertThat(dataset.classes()).isEqualTo(11);
        }
        try (ImageDataset dense = ImageDatasets.dense(ImageDatasets.open(folder))) {
            assertThat(labels(dense)).containsExactly(0, 1, 2);
            assertThat(dense.identity(2)).isEqualTo("10");
            assertThat(dense.classes()).isEqualTo(3);
        }
    }

    @Test
    void aNumberTooLargeForALabelIsANameAsOthersAre() throws IOException {
        files("20250101/1.png", "3/1.png");

        try (ImageDataset dataset = ImageDatasets.open(folder)) {
            assertThat(labels(dataset)).containsExactly(0, 1);
            assertThat(dataset.identity(1)).isEqualTo("20250101");
        }
    }

    @Test
    void twoFoldersThatAreOneNumberAreRefused() throws IOException {
        files("1/1.png", "01/1.png");

        refused("the identities '01' and '1' are one number");
    }

    @Test
    void whatTheSystemLeavesIsNoIdentity() throws IOException {
        files("anna/1.png", ".ipynb_checkpoints/1-checkpoint.png", "@eaDir/1.jpg", "__MACOSX/._1.png", "anna/._1.png");

        try (ImageDataset dataset = ImageDatasets.open(folder)) {
            assertThat(names(dataset)).containsExactly("anna/1.png");
            assertThat(dataset.remarks()).isEmpty();
        }
    }

    @Test
    void linkedFoldersAreIdentities() throws IOException {
        files("real/a/1.png", "mix/b/1.png");
        Files.createSymbolicLink(folder.resolve("mix/a"), Path.of("../real/a"));

        try (ImageDataset dataset = ImageDatasets.open(folder.resolve("mix"))) {
            assertThat(names(dataset)).containsExactly("a/1.png", "b/1.png");
        }
    }

    @Test
    void picturesOutsideTheIdentitiesFoldersAreCountedAndSaid() throws IOException {
        files("anna/1.png", "cover.png", "anna/old/1.png", "anna/old/2.png");

        try (ImageDataset dataset = ImageDatasets.open(folder)) {
            assertThat(names(dataset)).containsExactly("anna/1.png");
            assertThat(dataset.remarks())
                    .containsExactly(
                            folder + ": 1 pictures beside the identities' folders are left out, such as cover.png",
                            folder + ": 2 pictures deeper than the identities' folders are left out, such as"
                                    + " anna/old/1.png");
        }
    }

    @Test
    void picturesThatLieFlatBelongToTheirNamesFirstPart() throws IOException {
        files("0_10.png", "0_9.png", "2_0.png", "10_0.png");

        try (ImageDataset dataset = ImageDatasets.open(folder)) {
            assertThat(names(dataset)).containsExactly("0_9.png", "0_10.png", "2_0.png", "10_0.png");
            assertThat(labels(dataset)).containsExactly(0, 0, 2, 10);
        }
    }

    @Test
    void flatPicturesOfWhichOneIsNobodysAreRefused() throws IOException {
        files("anna_1.png", "cover.png");

        refused("cover.png: whose picture is it?");
    }

    @Test
    void picturesThatAllLieDeeperAreRefusedWithWhereTheyAre() throws IOException {
        files("train/anna/1.png", "train/bob/1.png");

        refused("2 pictures lie deeper, such as train/anna/1.png: give the folder that holds the identities' folders");
    }

    private void refused(String message) {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageDatasets.open(folder))
                .withMessageContaining(message);
    }

    private void files(String... paths) throws IOException {
        for (String path : paths) {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, TestImages.png(1));
        }
    }

    private List<String> names(ImageDataset dataset) {
        return IntStream.range(0, dataset.size())
                .mapToObj(i -> dataset.name(i).substring(dataset.name(i).indexOf(folder.getFileName() + "/")))
                .map(name -> name.substring(folder.getFileName().toString().length() + 1)
                        .replaceFirst("^mix/", ""))
                .toList();
    }

    private static List<Integer> labels(ImageDataset dataset) {
        return IntStream.range(0, dataset.size()).mapToObj(dataset::label).toList();
    }
}
