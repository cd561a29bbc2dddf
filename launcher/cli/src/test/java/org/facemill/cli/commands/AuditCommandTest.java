package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.facemill.cli.Run;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

    private static final int DIMENSION = 64;

    @TempDir
    private Path folder;

    private final Random random = new Random(11);
    private float[] training;

    @BeforeEach
    void embedTheTrainingData() throws IOException {
        training = gaussian(60);
        Npy.write(folder.resolve("training.npy"), Tensor.of(new long[] {60, DIMENSION}, training));
    }

    @Test
    void anIdentityThatRepeatsATrainingPictureIsFoundAndFailsTheCommand() throws IOException {
        float[] rows = gaussian(12);
        near(rows, 7, training, 33);
        dataset(rows, 3);

        Run run = audit("--fail-above", "0", "--out", folder.resolve("report").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        JsonNode leak = run.json().at("/audits/0");
        assertThat(leak.get("what").asText()).isEqualTo("leak");
        assertThat(leak.get("above").asInt()).isEqualTo(1);
        assertThat(leak.at("/findings/0/identity").asText()).isEqualTo("2");
        assertThat(leak.at("/findings/0/nearest").asText()).isEqualTo("33");
        assertThat(run.json().at("/audits/1/what").asText()).isEqualTo("duplicates");
        assertThat(run.json().get("passed").asBoolean()).isFalse();
        assertThat(Files.readString(folder.resolve("report/report.html"))).contains("<b>Leaking.</b> 1 identities");
        assertThat(Files.readAllLines(folder.resolve("report/leak-1.csv")))
                .hasSize(5)
                .element(1)
                .asString()
                .startsWith("2,33,0.9")
                .endsWith(",true");
    }

    @Test
    void twoIdentitiesThatAreOnePersonAreDuplicates() throws IOException {
        float[] rows = gaussian(12);
        near(rows, 7, rows, 0);
        dataset(rows, 3);

        JsonNode duplicates = audit().json().at("/audits/1");

        assertThat(duplicates.get("above").asInt()).isEqualTo(2);
        assertThat(duplicates.findValuesAsText("identity")).containsExactlyInAnyOrder("0", "2");
    }

    @Test
    void aDatasetOfItsOwnPasses() throws IOException {
        dataset(gaussian(12), 3);

        Run run = audit("--fail-above", "0");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("passed").asBoolean()).isTrue();
        assertThat(run.err()).contains("are too few for a rate of 1.0E-6");
    }

    private Run audit(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "audit",
                folder.resolve("enc").toString(),
                "--against",
                folder.resolve("training.npy").toString(),
                "--json"));
        args.addAll(List.of(more));
        return Run.facemill(args.toArray(String[]::new));
    }

    private void dataset(float[] rows, int images) throws IOException {
        int count = rows.length / DIMENSION;
        long[] labels = new long[count];
        for (int row = 0; row < count; row++) {
            labels[row] = row / images;
        }
        Files.createDirectories(folder.resolve("enc"));
        Npy.write(folder.resolve("enc/embeddings.npy"), Tensor.of(new long[] {count, DIMENSION}, rows));
        Npy.write(folder.resolve("enc/labels.npy"), Tensor.of(new long[] {count}, labels));
    }

    /** Makes one row nearly another. */
    private void near(float[] rows, int row, float[] others, int other) {
        for (int i = 0; i < DIMENSION; i++) {
            rows[row * DIMENSION + i] = others[other * DIMENSION + i] + 0.1f * (float) random.nextGaussian();
        }
    }

    private float[] gaussian(int rows) {
        float[] values = new float[rows * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
