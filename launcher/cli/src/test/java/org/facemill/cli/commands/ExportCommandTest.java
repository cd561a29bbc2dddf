package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.facemill.cli.Run;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aDatasetGoesFromFormToFormByteByByteWithItsIdentitiesNames() throws IOException {
        picture("faces/anna/a.png", 8, 1);
        picture("faces/anna/b.png", 8, 2);
        picture("faces/bob/a.png", 8, 3);

        Run first = export("faces", "packed", "--format", "recordio,webdataset,tfrecord");
        Run second = export("packed/recordio", "again", "--format", "folder");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.json().get("images").asInt()).isEqualTo(3);
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(Files.mismatch(folder.resolve("faces/bob/a.png"), folder.resolve("again/folder/0000001/0000.png")))
                .isEqualTo(-1);
        for (String form : List.of("packed/recordio", "packed/webdataset", "packed/tfrecord", "again/folder")) {
            assertThat(folder.resolve(form).resolve("identities.csv"))
                    .hasContent("label,identity,images\n0,anna,2\n1,bob,1\n");
        }
    }

    @Test
    void identitiesKeepTheirNumbersUnlessTheyAreToBeNumberedAnew() throws IOException {
        picture("faces/2/a.png", 8, 1);
        picture("faces/10/a.png", 8, 2);

        export("faces", "kept", "--format", "recordio");
        export("faces", "anew", "--format", "recordio", "--renumber");

        assertThat(folder.resolve("kept/recordio/identities.csv"))
                .hasContent("label,identity,images\n2,2,1\n10,10,1\n");
        assertThat(folder.resolve("kept/recordio/property")).hasContent("11,8,8\n");
        assertThat(folder.resolve("anew/recordio/identities.csv")).hasContent("label,identity,images\n0,2,1\n1,10,1\n");
        assertThat(folder.resolve("anew/recordio/property")).hasContent("2,8,8\n");
    }

    @Test
    void whatIsNoPictureIsSaidAndCountedAndNeverPacked() throws IOException {
        picture("faces/anna/a.png", 8, 1);
        picture("faces/anna/b.png", 9, 2);
        picture("faces/bob/a.png", 8, 3);
        Files.createFile(folder.resolve("faces/bob/zero.png"));
        Files.createDirectory(folder.resolve("faces/page"));
        Files.writeString(folder.resolve("faces/page/404.jpg"), "<html></html>");

        Run run = export("faces", "packed", "--format", "folder,recordio");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().get("images").asInt()).isEqualTo(2);
        assertThat(run.json().get("identities").asInt()).isEqualTo(2);
        assertThat(run.json().get("failed").asInt()).isEqualTo(3);
        assertThat(run.err())
                .contains("anna/b.png: 9 x 9 pixels")
                .contains("bob/zero.png: an empty file")
                .contains("page/404.jpg: neither PNG nor JPEG");
        assertThat(folder.resolve("packed/folder/identities.csv"))
                .hasContent("label,identity,images\n0,anna,1\n1,bob,1\n");
    }

    @Test
    void picturesThatAreNobodysAreSaid() throws IOException {
        picture("faces/anna/a.png", 8, 1);
        picture("faces/cover.png", 8, 2);

        Run run = export("faces", "packed", "--format", "folder");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("1 pictures beside the identities' folders are left out, such as cover.png");
    }

    @Test
    void anExportDoesNotMixWithOldFiles() throws IOException {
        picture("faces/anna/a.png", 8, 1);
        picture("old/anna/a.png", 8, 1);

        Run run = export("faces", "old", "--format", "folder");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("is not empty");
    }

    private Run export(String from, String to, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "export",
                folder.resolve(from).toString(),
                "--out",
                folder.resolve(to).toString(),
                "--json"));
        arguments.addAll(List.of(options));
        return Run.facemill(arguments.toArray(String[]::new));
    }

    private void picture(String path, int side, int colour) {
        byte[] pixels = new byte[side * side * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (40 * colour + i % 3);
        }
        Images.writePng(folder.resolve(path), new RgbImage(side, side, pixels));
    }
}
