package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.facemill.cli.Run;
import org.facemill.contracts.Noise;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.facemill.painter.FacePainter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlignCommandTest {

    @TempDir
    private Path folder;

    @Test
    void facesAreAlignedSubfoldersKeptAndFailuresExplained() throws IOException {
        Path in = folder.resolve("in");
        Images.writePng(in.resolve("a/face.png"), face());
        Images.writePng(in.resolve("b/dot.png"), new RgbImage(1, 1, new byte[3]));
        Files.writeString(in.resolve("broken.jpg"), "no picture");
        Path out = folder.resolve("out");

        Run run = Run.facemill("align", in.toString(), "--out", out.toString(), "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        JsonNode result = run.json();
        assertThat(result.get("images").intValue()).isEqualTo(3);
        assertThat(result.get("aligned").intValue()).isEqualTo(1);
        Map<String, String> reasons = new HashMap<>();
        result.get("failures")
                .forEach(f -> reasons.put(
                        Path.of(f.get("file").textValue()).getFileName().toString(),
                        f.get("reason").textValue()));
        assertThat(reasons.get("dot.png")).isEqualTo("no face found");
        assertThat(reasons.get("broken.jpg")).startsWith("neither PNG nor JPEG");
        RgbImage crop = Images.decode(out.resolve("a/face.png"), Limits.DEFAULT);
        assertThat(crop.width()).isEqualTo(112);
        assertThat(run.err()).contains("dot.png: no face found");
    }

    @Test
    void tilesOfABlockAreAlignedEachByItself() throws IOException {
        Path in = folder.resolve("in");
        RgbImage black = new RgbImage(128, 128, new byte[128 * 128 * 3]);
        Images.writePng(in.resolve("7.png"), new TileGrid(128, 2, 3).compose(List.of(face(), black, face())));
        Path out = folder.resolve("out");

        Run run = Run.facemill(
                "align", in.toString(), "--out", out.toString(), "--tile-size", "128", "--images", "3", "--json");

        assertThat(run.json().get("images").intValue()).isEqualTo(3);
        assertThat(run.json().get("failures").get(0).get("file").textValue()).endsWith("7.png/1");
        assertThat(out.resolve("7/0.png")).exists();
        assertThat(out.resolve("7/1.png")).doesNotExist();
        assertThat(out.resolve("7/2.png")).exists();
    }

    @Test
    void aShareOutOfRangeIsBadUsage() {
        Run run = Run.facemill("align", folder.toString(), "--out", folder.toString(), "--border", "2");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--border must be from 0 to 1");
    }

    @Test
    void aFolderWithoutPicturesSaysSo() {
        Run run = Run.facemill(
                "align",
                folder.toString(),
                "--out",
                folder.resolveSibling("out").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("no .png or .jpg files");
    }

    @Test
    void picturesWithoutAFaceAreCountedAndFailStrictly() {
        Images.writePng(folder.resolve("in/face.png"), face());
        Images.writePng(folder.resolve("in/black.png"), new RgbImage(128, 128, new byte[128 * 128 * 3]));

        Run run = align("out");
        Run strict = align("strict", "--strict");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("1 of 2 images aligned").contains("1 without a face");
        assertThat(strict.exitCode()).isEqualTo(1);
    }

    @Test
    void aPictureThatCannotBeReadFails() throws IOException {
        Images.writePng(folder.resolve("in/face.png"), face());
        Files.writeString(folder.resolve("in/page.png"), "<html>");

        Run run = align("out", "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().get("unreadable").intValue()).isEqualTo(1);
        assertThat(run.json().get("aligned").intValue()).isEqualTo(1);
    }

    @Test
    void noFaceAtAllFails() {
        Images.writePng(folder.resolve("in/black.png"), new RgbImage(128, 128, new byte[128 * 128 * 3]));

        assertThat(align("out").exitCode()).isEqualTo(1);
    }

    @Test
    void picturesThatDifferBySuffixOrCaseHaveCropsOfTheirOwnAndLinksAreFollowed() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Path real = folder.resolve("real");
        Images.writePng(real.resolve("ann/1.png"), face());
        Files.write(real.resolve("ann/1.jpg"), Images.jpeg(face(), 0.95f));
        Images.writePng(real.resolve("ANN/1.png"), face());
        Images.writePng(real.resolve(".trash/1.png"), face());
        Files.createSymbolicLink(folder.resolve("in/linked"), real);

        Run run = align("out", "--json");

        assertThat(run.json().get("aligned").intValue()).isEqualTo(3);
        try (Stream<Path> crops = Files.walk(folder.resolve("out"))) {
            assertThat(crops.map(crop -> folder.resolve("out")
                                    .relativize(crop)
                                    .toString()
                                    .toLowerCase(Locale.ROOT))
                            .filter(crop -> crop.endsWith(".png")))
                    .hasSize(3)
                    .doesNotHaveDuplicates();
        }
    }

    private Run align(String out, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "align",
                folder.resolve("in").toString(),
                "--out",
                folder.resolve(out).toString()));
        arguments.addAll(List.of(more));
        return Run.facemill(arguments.toArray(String[]::new));
    }

    private static RgbImage face() {
        return new FacePainter().paint(Noise.unitVector(7, 1, 512), 7, 1, 0).image();
    }
}
