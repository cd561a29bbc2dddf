package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.razorvine.pickle.Pickler;
import org.facemill.cli.Run;
import org.facemill.contracts.Noise;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On six painted identities of four images, the last two held out. */
class TrainFrCommandTest {

    private static final int IDENTITIES = 6;
    private static final int IMAGES = 4;
    private static final FacePainter PAINTER = new FacePainter();

    @TempDir
    private Path folder;

    @BeforeEach
    void paint() {
        for (int identity = 0; identity < IDENTITIES; identity++) {
            for (int image = 0; image < IMAGES; image++) {
                Images.writePng(folder.resolve("faces/" + identity + "/" + image + ".png"), face(identity, image));
            }
        }
    }

    @Test
    void aTrainedModelIsWrittenAndEmbeds() throws IOException {
        Run run = train(recipe(2, 2, ""));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("identities").intValue()).isEqualTo(4);
        assertThat(run.json().get("images").intValue()).isEqualTo(16);
        assertThat(run.json().get("steps").intValue()).isEqualTo(4);
        assertThat(run.json().get("accuracy").doubleValue()).isBetween(0.01, 1.0);
        assertThat(run.json().get("waiting").doubleValue()).isBetween(0.0, 1.0);
        assertThat(run.err()).contains("epoch 2: loss").contains("waiting for images");
        Run embed = Run.facemill(
                "embed",
                folder.resolve("faces/5").toString(),
                "--model",
                folder.resolve("model").toString(),
                "--out",
                folder.resolve("e.npy").toString(),
                "--json");
        assertThat(embed.exitCode()).as(embed.err()).isZero();
        assertThat(embed.json().get("dimension").intValue()).isEqualTo(128);
    }

    @Test
    void startedAgainItGoesOnFromItsCheckpoint() throws IOException {
        train(recipe(2, 2, ""));

        Run again = train(recipe(2, 2, ""));

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).doesNotContain("epoch 1:");
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("model/model.json").toFile())
                        .get("steps")
                        .intValue())
                .isEqualTo(4);
    }

    @Test
    void benchmarksAreAskedAfterEachEpoch() throws IOException {
        List<byte[]> images = new ArrayList<>();
        List<Boolean> same = new ArrayList<>();
        for (int pair = 0; pair < 20; pair++) {
            images.add(Images.png(face(100 + pair, 0)));
            images.add(Images.png(face(pair % 2 == 0 ? 100 + pair : 200 + pair, 1)));
            same.add(pair % 2 == 0);
        }
        Path set = folder.resolve("painted.bin");
        Files.write(set, new Pickler().dumps(List.of(images, same)));

        Run run = train(recipe(1, 0, set.toString()));

        assertThat(run.exitCode()).as(run.err()).isZero();
        // 20 pairs in ten folds: a multiple of a half, averaged over ten
        assertThat(run.json().get("accuracy").doubleValue() * 20)
                .isCloseTo(Math.rint(run.json().get("accuracy").doubleValue() * 20), within(1e-9));
        assertThat(run.json().get("accuracy").doubleValue()).isGreaterThan(0.2);
    }

    @Test
    void aRecipeThatMisspellsAFieldIsRefusedByItsName() throws IOException {
        Path recipe = recipe(1, 0, "");
        Files.writeString(recipe, Files.readString(recipe).replace("  epochs: 1\n", "  epoch: 1\n  batchSize: 4\n"));

        Run run = train(recipe);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("recipe.yaml").contains("'epoch'").contains("batch_size now");
    }

    private Run train(Path recipe) {
        return Run.facemill(
                "train-fr",
                recipe.toString(),
                "--data",
                folder.resolve("faces").toString(),
                "--out",
                folder.resolve("model").toString(),
                "--json");
    }

    private Path recipe(int epochs, int holdout, String benchmark) throws IOException {
        return Files.writeString(folder.resolve("recipe.yaml"), """
                data: []
                benchmarks: [%s]
                holdout: %d
                training:
                  backbone: iresnet-slim
                  dropout: 0
                  head: {type: cosface, scale: 16, margin: 0.1}
                  epochs: %d
                  batch_size: 8
                  schedule: {type: steps, base: 0.01, factor: 0.1, milestones: [], warm_up: 0}
                  optimizer: {momentum: 0.9, weight_decay: 0.0005, decay_normalisation: true, clip_norm: 5}
                  augment: {flip: 0.5, operations: 0, magnitude: 0, crop: 0}
                  precision: fp32
                  seed: 1
                """.formatted(benchmark, holdout, epochs));
    }

    private static RgbImage face(int identity, int image) {
        RgbImage painted = PAINTER.paint(Noise.unitVector(7, identity, 512), 7, identity, image)
                .image();
        return Images.resizeBilinear(painted, 112, 112);
    }
}
