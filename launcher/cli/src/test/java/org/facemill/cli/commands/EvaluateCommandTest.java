package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facemill.cli.Run;
import org.facemill.contracts.Noise;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

    @TempDir
    private Path folder;

    @Test
    void separationOfADatasetIsMeasuredAndReported() throws IOException {
        paint(3, 3, 112);

        Run run = Run.facemill(
                "evaluate",
                folder.resolve("faces").toString(),
                "--out",
                folder.resolve("report").toString(),
                "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode result = run.json();
        assertThat(result.get("identities").asInt()).isEqualTo(3);
        assertThat(result.get("images").asInt()).isEqualTo(9);
        assertThat(result.get("genuine_mean").asDouble())
                .isGreaterThan(result.get("impostor_mean").asDouble());
        assertThat(result.get("tar_at_far").has("1e-3")).isTrue();
        assertThat(Files.readString(folder.resolve("report/report.html"))).contains("identity person 2");
        assertThat(Files.readString(folder.resolve("report/report.json"))).contains("\"eer\"");
    }

    @Test
    void picturesThatAreNotAlignedAreRefusedWithTheRemedy() {
        paint(1, 2, 128);

        Run run = Run.facemill(
                "evaluate",
                folder.resolve("faces").toString(),
                "--out",
                folder.resolve("report").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("128 x 128 pixels").contains("facemill align");
    }

    private void paint(int identities, int images, int side) {
        for (int identity = 0; identity < identities; identity++) {
            for (int image = 0; image < images; image++) {
                RgbImage tile = new FacePainter()
                        .paint(Noise.unitVector(1, identity, 512), 1, identity, image)
                        .image();
                RgbImage face = Images.resizeBilinear(tile.crop(24, 24, 80, 80), side, side);
                Images.writePng(folder.resolve("faces/person " + identity + "/" + image + ".png"), face);
            }
        }
    }
}
