package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Run run = Run.facemill("align", folder.toString(), "--out", folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("no .png or .jpg files");
    }

    private static RgbImage face() {
        return new FacePainter().paint(Noise.unitVector(7, 1, 512), 7, 1, 0).image();
    }
}
