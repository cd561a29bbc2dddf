package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.facemill.cli.Run;
import org.facemill.contracts.Noise;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Npz;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the small network of golden/05_sampling, on pixels. */
class InvertCommandTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeModelAndPictures() throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        Files.copy(Golden.path("05_sampling/model.ckpt"), model.resolve("model.ckpt"));
        Files.writeString(model.resolve("config.yaml"), "latent_diffusion: false\nconstants: {image_size: 16}\n");
        picture("ann/1.png", 3);
        picture("ann/2.png", 5);
        picture("bob/1.png", 7);
        Npz.write(folder.resolve("contexts.npz"), Map.of("ann", context(0), "bob", context(1)));
    }

    private void picture(String name, int slope) {
        byte[] pixels = new byte[16 * 16 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (40 + slope * (i / 48) + (i % 48) * 2);
        }
        Images.writePng(folder.resolve("pictures").resolve(name), new RgbImage(16, 16, pixels));
    }

    private static Tensor context(int ordinal) {
        return Tensor.of(new long[] {512}, Noise.unitVector(1, ordinal, 512));
    }

    private Run invert(String out, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "invert",
                folder.resolve("pictures").toString(),
                "--model",
                folder.resolve("model").toString(),
                "--out",
                folder.resolve(out).toString(),
                "--json"));
        args.addAll(Arrays.asList(more));
        return Run.facemill(args.toArray(String[]::new));
    }

    private String contexts() {
        return folder.resolve("contexts.npz").toString();
    }

    @Test
    void aTrainedModelGivesAPictureBackFromItsNoise() throws IOException {
        float[] context = Noise.unitVector(1, 0, 512);
        Images.writePng(
                folder.resolve("faces/ann.png"),
                new FacePainter().paint(context, 1, 0, 0).image());

        Run run = Run.facemill(
                "invert",
                folder.resolve("faces").toString(),
                "--model",
                Path.of("../../models/demo").toString(),
                "--contexts",
                contexts(),
                "--steps",
                "8",
                "--out",
                folder.resolve("out").toString(),
                "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        double autoencoder = run.json().get("autoencoder_error").doubleValue();
        assertThat(autoencoder).isBetween(1.0, 8.0);
        assertThat(run.json().get("error").doubleValue()).isBetween(autoencoder, autoencoder + 5);
        assertThat(Npy.read(folder.resolve("out/noise/ann.npy")).shape()).containsExactly(3, 32, 32);
    }

    @Test
    void withoutAnAutoencoderItHasNoPartInTheError() throws IOException {
        Run run = invert("out", "--contexts", contexts(), "--steps", "5");

        assertThat(run.json().get("images").intValue()).isEqualTo(3);
        assertThat(run.json().get("autoencoder_error").doubleValue()).isZero();
        assertThat(Npy.read(folder.resolve("out/noise/ann/2.npy")).shape()).containsExactly(3, 16, 16);
    }

    @Test
    void theErrorOfEachPictureIsThatOfItsReconstruction() throws IOException {
        Run run = invert("out", "--steps", "20");

        double sum = 0;
        for (String name : List.of("ann/1.png", "ann/2.png", "bob/1.png")) {
            byte[] before = Images.decode(folder.resolve("pictures").resolve(name), Limits.DEFAULT)
                    .pixels();
            byte[] after = Images.decode(folder.resolve("out/reconstructions").resolve(name), Limits.DEFAULT)
                    .pixels();
            double error = 0;
            for (int i = 0; i < before.length; i++) {
                error += Math.abs((before[i] & 0xFF) - (after[i] & 0xFF)) / (double) before.length;
            }
            String line = Files.readAllLines(folder.resolve("out/errors.csv")).stream()
                    .filter(row -> row.contains(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(Double.parseDouble(line.split(",")[1])).isCloseTo(error, within(1e-4));
            sum += error;
        }
        assertThat(run.json().get("error").doubleValue()).isCloseTo(sum / 3, within(1e-3));
    }

    @Test
    void aContextDecidesTheNoise() throws IOException {
        invert("with", "--contexts", contexts(), "--steps", "5");
        invert("without", "--steps", "5");

        assertThat(Npy.read(folder.resolve("with/noise/bob/1.npy")).floats())
                .isNotEqualTo(
                        Npy.read(folder.resolve("without/noise/bob/1.npy")).floats());
    }

    @Test
    void theStepsOfAdmisAreOthers() throws IOException {
        invert("paper", "--steps", "5");
        Run run = invert("admis", "--steps", "5", "--faithful");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Npy.read(folder.resolve("admis/noise/bob/1.npy")).floats())
                .isNotEqualTo(Npy.read(folder.resolve("paper/noise/bob/1.npy")).floats());
    }

    @Test
    void aPictureThatCannotBeInvertedIsNamedAndTheOthersAreDone() throws IOException {
        Npz.write(folder.resolve("contexts.npz"), Map.of("ann", context(0)));
        Files.writeString(folder.resolve("pictures/ann/2.png"), "no picture");

        Run run = invert("out", "--contexts", contexts(), "--steps", "2");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().get("images").intValue()).isEqualTo(1);
        assertThat(run.json().get("failed").intValue()).isEqualTo(2);
        assertThat(run.err()).contains("bob/1.png: no context of " + contexts()).contains("ann/2.png");
    }

    @Test
    void moreStepsThanTheModelHasAreWrongUsage() {
        Run run = invert("out", "--steps", "1001");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("steps=1001");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
