package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.facemill.cli.Run;
import org.facemill.contracts.Noise;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest {

    @TempDir
    private Path folder;

    @Test
    void separationOfADatasetIsMeasuredAndReported() throws IOException {
        paint("faces", 3, 0, 3, 112);

        Run run = evaluate("faces", "--random-impostors", "7", "--pose", "--out", "report");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode result = run.json();
        assertThat(result.get("identities").asInt()).isEqualTo(3);
        assertThat(result.get("images").asInt()).isEqualTo(9);
        assertThat(result.get("genuine_mean").asDouble())
                .isGreaterThan(result.get("impostor_mean").asDouble());
        assertThat(result.get("tar_at_far").has("1e-3")).isTrue();
        assertThat(result.at("/comparisons/random_impostors/impostor_pairs").asInt())
                .isEqualTo(18);
        assertThat(Files.readString(folder.resolve("report/report.html")))
                .contains("identity person 2", "Random impostor pairs", "Least alike in themselves", "DET");
        List<String> identities = Files.readAllLines(folder.resolve("report/identities.csv"));
        assertThat(identities).hasSize(4);
        assertThat(identities.get(3)).matches("2,person 2,3,0[.]\\d+,.*,[01],person [01],0[.]\\d+,0[.]\\d+,0[.]\\d+");
        assertThat(folder.resolve("report/.counted.npz")).doesNotExist();
        assertThat(Files.readString(folder.resolve("report/report.json"))).contains("\"eer\"");
    }

    @Test
    void anotherSetIsComparedByNameAndSearchedForTheNearest() throws IOException {
        paint("faces", 3, 0, 2, 112);
        paint("contexts", 4, 2, 2, 112);

        Run run = evaluate("faces", "--against", "contexts", "--nearest", "contexts", "--out", "report");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode own = run.json().at("/comparisons/real_synthetic");
        assertThat(own.get("genuine_pairs").asInt()).isEqualTo(3 * 2 * 2);
        assertThat(own.get("impostor_pairs").asInt()).isEqualTo(6 * 8 - 12);
        assertThat(own.get("genuine_mean").asDouble())
                .isGreaterThan(own.get("impostor_mean").asDouble());
        assertThat(run.json().at("/comparisons/real_real/genuine_pairs").asInt())
                .isEqualTo(4);
        JsonNode nearest = new ObjectMapper()
                .readTree(folder.resolve("report/report.json").toFile())
                .at("/nearest/0/closest/0");
        assertThat(nearest.at("/nearest/0/name").asText())
                .contains("contexts/" + nearest.get("identity").asText());
        assertThat(Files.readString(folder.resolve("report/report.html"))).contains("Nearest in ");
    }

    @Test
    void setsWithoutACommonNameAreNotCompared() {
        paint("faces", 2, 0, 2, 112);
        Path renamed = folder.resolve("others/someone");
        paint("others", 2, 0, 2, 112);
        assertThat(folder.resolve("others/person 0").toFile().renameTo(renamed.toFile()))
                .isTrue();
        assertThat(folder.resolve("others/person 1")
                        .toFile()
                        .renameTo(folder.resolve("others/x").toFile()))
                .isTrue();

        Run run = evaluate("faces", "--against", "others");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("expected the same names in both", "person 0");
    }

    @Test
    void encodedImagesAreEvaluatedAsTheImagesAre() throws IOException {
        paint("faces", 3, 0, 3, 112);
        Run encode = Run.facemill("encode", path("faces"), "--out", path("enc"), "--json");

        JsonNode images = evaluate("faces").json();
        JsonNode rows = evaluate("enc").json();
        JsonNode files = Run.facemill(
                        "evaluate",
                        "--embeddings",
                        path("enc/embeddings.npy"),
                        "--labels",
                        path("enc/labels.npy"),
                        "--json")
                .json();

        assertThat(encode.json().get("dimension").asInt()).isEqualTo(128);
        for (String figure : List.of("eer", "fmr100", "genuine_mean", "impostor_std")) {
            assertThat(rows.get(figure)).as(figure).isEqualTo(images.get(figure));
            assertThat(files.get(figure)).as(figure).isEqualTo(images.get(figure));
        }
        assertThat(Files.readAllLines(folder.resolve("enc/names.txt")))
                .hasSize(9)
                .first()
                .asString()
                .endsWith("person 0/0.png");
    }

    @Test
    void aMirroredPictureIsEncodedAlikeWithFlip() throws IOException {
        paint("faces", 1, 0, 1, 112);
        RgbImage face =
                Images.decode(Files.readAllBytes(folder.resolve("faces/person 0/0.png")), "a face", Limits.DEFAULT);
        Images.writePng(folder.resolve("faces/person 0/1.png"), face.flipped());
        Images.writePng(folder.resolve("faces/person 1/0.png"), new RgbImage(112, 112, new byte[3 * 112 * 112]));

        assertThat(evaluate("faces", "--flip").json().get("genuine_mean").asDouble())
                .isCloseTo(1, within(1e-5));
        assertThat(evaluate("faces").json().get("genuine_mean").asDouble()).isLessThan(1 - 1e-4);
    }

    @Test
    void severalSetsGiveATableWithARowEach() throws IOException {
        paint("a", 2, 0, 2, 112);
        paint("b", 3, 0, 2, 112);

        Run run = Run.facemill(
                "evaluate",
                path("a"),
                path("b"),
                "--model",
                "reference",
                "--model",
                "reference",
                "--out",
                path("table"),
                "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("rows")).hasSize(4);
        assertThat(run.json().at("/rows/2/identities").asInt()).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("table/table.csv")).lines()).hasSize(5);
        assertThat(Files.readString(folder.resolve("table/table.tex"))).contains("\\toprule");
        assertThat(Files.readString(folder.resolve("table/table.html"))).contains("<td>reference</td>");
    }

    @Test
    void plainArraysWithLabelsOfNumbersAreReadAndTheFirstImagesChosen() throws IOException {
        Random random = new Random(3);
        float[] rows = new float[6 * 4];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) random.nextGaussian();
        }
        Npy.write(folder.resolve("f.npy"), Tensor.of(new long[] {6, 4}, rows));
        Npy.write(folder.resolve("l.npy"), Tensor.of(new long[] {6}, 5L, 9, 5, 9, 5, 9));

        Run run = Run.facemill(
                "evaluate", "--embeddings", path("f.npy"), "--labels", path("l.npy"), "--first", "2", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("images").asInt()).isEqualTo(4);
        assertThat(run.json().get("genuine_mean").asDouble())
                .isCloseTo((cosine(rows, 0, 2) + cosine(rows, 1, 3)) / 2, within(1e-5));
    }

    @Test
    void labelsThatAreTooFewAreRefused() throws IOException {
        Npy.write(folder.resolve("f.npy"), Tensor.of(new long[] {2, 2}, 1, 0, 0, 1f));
        Npy.write(folder.resolve("l.npy"), Tensor.of(new long[] {1}, 5L));

        Run run = Run.facemill("evaluate", "--embeddings", path("f.npy"), "--labels", path("l.npy"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("holds 2 embeddings", "1 labels");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theEerOfScoresIsThatOfCountingThemOneByOne(long seed) throws IOException {
        Random random = new Random(seed);
        double[] genuine = random.doubles(4000).map(u -> 0.3 + 0.7 * u).toArray();
        double[] impostor = random.doubles(4000).map(u -> 0.6 * u).toArray();
        write("g.txt", genuine);
        write("i.txt", impostor);

        Run run = Run.facemill("evaluate", "--genuine", path("g.txt"), "--impostor", path("i.txt"), "--json");

        assertThat(run.json().get("eer").asDouble()).isCloseTo(bruteForceEer(genuine, impostor), within(2e-4));
        assertThat(run.json().has("model")).isFalse();
    }

    @Test
    void badUsageIsToldApart() {
        assertThat(Run.facemill("evaluate").exitCode()).isEqualTo(2);
        assertThat(evaluate("faces", "--out", "report").err()).contains("faces: no such file");
        assertThat(folder.resolve("report")).doesNotExist();
        assertThat(Run.facemill("evaluate", "--genuine", "g.txt").err()).contains("--genuine wants --impostor");
        assertThat(Run.facemill("evaluate", "a", "b", "--nearest", "c").err()).contains("are for one dataset");
        assertThat(Run.facemill("evaluate", "--genuine", "g", "--impostor", "i", "--model", "x")
                        .err())
                .contains("are for pictures");
    }

    @Test
    void picturesThatAreNotAlignedAreRefusedWithTheRemedy() {
        paint("faces", 1, 0, 2, 128);

        Run run = evaluate("faces", "--out", "report");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("128 x 128 pixels").contains("facemill align");
    }

    /** Smallest distance of the two rates over all thresholds, each counted anew. */
    private static double bruteForceEer(double[] genuine, double[] impostor) {
        double distance = 2;
        double eer = 1;
        for (double threshold : DoubleStream.concat(Arrays.stream(genuine), Arrays.stream(impostor))
                .toArray()) {
            double fmr = Arrays.stream(impostor).filter(s -> s >= threshold).count() / (double) impostor.length;
            double fnmr = Arrays.stream(genuine).filter(s -> s < threshold).count() / (double) genuine.length;
            if (Math.abs(fmr - fnmr) < distance) {
                distance = Math.abs(fmr - fnmr);
                eer = (fmr + fnmr) / 2;
            }
        }
        return eer;
    }

    private static double cosine(float[] rows, int a, int b) {
        double dot = 0;
        double normA = 0;
        double normB = 0;
        for (int i = 0; i < 4; i++) {
            dot += rows[4 * a + i] * rows[4 * b + i];
            normA += rows[4 * a + i] * rows[4 * a + i];
            normB += rows[4 * b + i] * rows[4 * b + i];
        }
        return dot / Math.sqrt(normA * normB);
    }

    /** Runs it with paths in this test's folder, which no word with a hyphen in front is. */
    private Run evaluate(String... words) {
        List<String> args = new ArrayList<>(List.of("evaluate", "--json"));
        for (String word : words) {
            boolean path = !word.startsWith("--") && !word.matches("\\d+");
            args.add(path ? path(word) : word);
        }
        return Run.facemill(args.toArray(String[]::new));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void write(String name, double[] scores) throws IOException {
        Files.writeString(
                folder.resolve(name),
                String.join(
                        "\n", Arrays.stream(scores).mapToObj(Double::toString).toList()));
    }

    private void paint(String set, int identities, int firstImage, int images, int side) {
        for (int identity = 0; identity < identities; identity++) {
            for (int image = firstImage; image < firstImage + images; image++) {
                RgbImage tile = new FacePainter()
                        .paint(Noise.unitVector(1, identity, 512), 1, identity, image)
                        .image();
                RgbImage face = Images.resizeBilinear(tile.crop(24, 24, 80, 80), side, side);
                Images.writePng(folder.resolve(set + "/person " + identity + "/" + image + ".png"), face);
            }
        }
    }
}
