package org.facemill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.facemill.contracts.Noise;
import org.facemill.images.Images;
import org.facemill.painter.FacePainter;
import org.facemill.tensor.Contexts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedCommandTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void paint() throws IOException {
        Path ann = Files.createDirectories(folder.resolve("pictures/ann"));
        for (int i = 0; i < 2; i++) {
            Images.writePng(ann.resolve(i + ".png"), new FacePainter().paint(Noise.unitVector(1, i, 512), 1, i, 0).image());
        }
    }

    @Test
    void wholePicturesHaveTheSameEmbeddingsInAFileAndInAFolder() throws IOException {
        Run file = embed("--whole", "--out", folder.resolve("all.npz").toString());
        Run each = embed("--whole", "--out", folder.resolve("each").toString());

        assertThat(file.exitCode()).as(file.err()).isZero();
        assertThat(each.json().get("dimension").asInt()).isEqualTo(128);
        Map<String, float[]> all = Contexts.read(folder.resolve("all.npz"), Contexts.Scale.AS_STORED);
        assertThat(all.keySet()).containsExactlyInAnyOrder("ann/0", "ann/1");
        assertThat(Contexts.read(folder.resolve("each/ann/1.npy"), Contexts.Scale.AS_STORED).values().iterator().next())
                .containsExactly(all.get("ann/1")).isNotEqualTo(all.get("ann/0"));
    }

    private Run embed(String... options) {
        String[] arguments = new String[options.length + 3];
        System.arraycopy(options, 0, arguments, 3, options.length);
        arguments[0] = "embed";
        arguments[1] = folder.resolve("pictures").toString();
        arguments[2] = "--json";
        return Run.facemill(arguments);
    }
}
