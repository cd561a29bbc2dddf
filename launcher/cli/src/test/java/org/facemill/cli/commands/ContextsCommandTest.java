package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.facemill.cli.Run;
import org.facemill.contracts.Noise;
import org.facemill.images.Images;
import org.facemill.painter.FacePainter;
import org.facemill.tensor.Contexts;
import org.facemill.tensor.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextsCommandTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"c.npy", "c.npz", "c.safetensors"})
    void uniformContextsAreThoseOfARunAndComeBackFromEveryForm(String form) throws IOException {
        Run run = contexts("uniform --identities 12 --seed 7 --json --out", form);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("identities").intValue()).isEqualTo(12);
        assertThat(contexts("file OUT/" + form + " --out", "back.npz").exitCode())
                .isZero();
        Map<String, float[]> back = Contexts.read(folder.resolve("back.npz"));
        assertThat(List.copyOf(back.keySet()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 12).mapToObj(Integer::toString).toList());
        back.forEach((name, context) ->
                assertThat(context).containsExactly(Noise.unitVector(7, Integer.parseInt(name), 512)));
    }

    @Test
    void contextsAreAsFarApartAsIsSaid() throws IOException {
        Run run = contexts("uniform --identities 200 --max-cosine 0.1 --out", "apart.npz");

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<float[]> apart =
                List.copyOf(Contexts.read(folder.resolve("apart.npz")).values());
        assertThat(apart).hasSize(200);
        for (int i = 0; i < apart.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(dot(apart.get(i), apart.get(j))).isLessThanOrEqualTo(0.1 + 1e-6);
            }
        }
    }

    @Test
    void asTooMuchIsAskedOfTheSphereTheLimitIsNamed() {
        Run run = contexts("uniform --identities 600 --max-cosine -0.01 --out", "none.npz");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--max-cosine -0.01: ").contains("take a larger cosine or fewer contexts");
        assertThat(folder.resolve("none.npz")).doesNotExist();
    }

    @Test
    void someOfAFilesContextsAreTakenInTheOrderThatIsSaid() throws IOException {
        contexts("uniform --identities 10 --out", "all.npy");

        contexts("file OUT/all.npy --names 7,2 --out", "named.npy");
        contexts("file OUT/all.npy --skip 3 --identities 2 --rows --out", "rows.npy");
        Run many = contexts("file OUT/all.npy --skip 3 --identities 8 --out", "many.npz");
        Run unknown = contexts("file OUT/all.npy --names 7,eve --out", "unknown.npz");

        assertThat(Contexts.read(folder.resolve("named.npy")).keySet()).containsExactly("7", "2");
        assertThat(Npy.read(folder.resolve("rows.npy")).shape()).containsExactly(2, 512);
        assertThat(Npy.read(folder.resolve("rows.npy")).part(1).floats()).containsExactly(Noise.unitVector(1, 4, 512));
        assertThat(folder.resolve("rows.txt")).hasContent("3\n4\n");
        assertThat(many.exitCode()).isEqualTo(2);
        assertThat(many.err()).contains("--identities 8").contains("holds 10");
        assertThat(unknown.err()).contains("no context `eve`");
    }

    @Test
    void aStripLeadsFromOneContextToAnotherInEvenSteps() throws IOException {
        contexts("uniform --identities 2 --out", "ends.npy");

        contexts("interpolated OUT/ends.npy --from 0 --to 1 --steps 4 --out", "strip.npz");

        List<float[]> strip =
                List.copyOf(Contexts.read(folder.resolve("strip.npz")).values());
        assertThat(strip).hasSize(4);
        double whole = Math.acos(dot(Noise.unitVector(1, 0, 512), Noise.unitVector(1, 1, 512)));
        for (int i = 1; i < 4; i++) {
            assertThat(Math.acos(dot(strip.get(i - 1), strip.get(i)))).isCloseTo(whole / 3, within(1e-4));
        }
    }

    @Test
    void anIdentitysContextIsTheDirectionOfItsPicturesMean() throws IOException {
        for (int picture = 0; picture < 2; picture++) {
            Images.writePng(
                    folder.resolve("pictures/ann/" + picture + ".png"),
                    new FacePainter()
                            .paint(Noise.unitVector(1, 0, 512), 1, 0, picture)
                            .image());
        }
        Files.createDirectories(folder.resolve("pictures/bob"));
        Files.writeString(folder.resolve("pictures/bob/0.png"), "no picture");

        contexts("embeddings OUT/pictures --out", "each.npz");
        Run run = contexts("embeddings OUT/pictures --per identity --json --out", "mean.npz");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().get("failed").intValue()).isEqualTo(1);
        assertThat(run.err()).contains("bob/0.png");
        Map<String, float[]> each = Contexts.read(folder.resolve("each.npz"));
        Map<String, float[]> mean = Contexts.read(folder.resolve("mean.npz"));
        assertThat(each.keySet()).containsExactly("ann/0", "ann/1");
        assertThat(mean.keySet()).containsExactly("ann");
        assertThat(dot(mean.get("ann"), mean.get("ann"))).isCloseTo(1, within(1e-6));
        assertThat(dot(mean.get("ann"), each.get("ann/0")))
                .isCloseTo(dot(mean.get("ann"), each.get("ann/1")), within(1e-6));
    }

    @Test
    void aChoiceOfPicturesFollowsFromItsSeedAndNearDuplicatesAreLeftOut() throws IOException {
        for (int picture = 0; picture < 4; picture++) {
            Images.writePng(
                    folder.resolve("pictures/" + picture + ".png"),
                    new FacePainter()
                            .paint(Noise.unitVector(1, 0, 512), 1, 0, 0)
                            .image());
        }

        contexts("embeddings OUT/pictures --identities 2 --seed 5 --out", "a.npz");
        contexts("embeddings OUT/pictures --identities 2 --seed 5 --out", "b.npz");
        Run apart = contexts("embeddings OUT/pictures --max-cosine 0.99 --json --out", "c.npz");

        assertThat(Contexts.read(folder.resolve("a.npz")).keySet())
                .hasSize(2)
                .isEqualTo(Contexts.read(folder.resolve("b.npz")).keySet());
        assertThat(apart.json().get("identities").intValue()).isEqualTo(1);
        assertThat(apart.json().get("left_out").intValue()).isEqualTo(3);
    }

    @Test
    void anUnknownFormIsBadUsageBeforeAnyWork() {
        assertThat(contexts("uniform --out", "c.csv").exitCode()).isEqualTo(2);
        assertThat(contexts("uniform --rows --out", "c.npz").err()).contains("--rows are written as .npy");
    }

    /** OUT stands for the folder, in which the last word names the result. */
    private Run contexts(String command, String result) {
        String words = "contexts " + command.replace("OUT", folder.toString()) + " " + folder.resolve(result);
        return Run.facemill(words.split(" "));
    }

    private static double dot(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (double) a[i] * b[i])
                .sum();
    }
}
