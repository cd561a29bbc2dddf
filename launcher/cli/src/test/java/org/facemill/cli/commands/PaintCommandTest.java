package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.facemill.cli.Run;
import org.facemill.contracts.Noise;
import org.facemill.datasets.PairsFile;
import org.facemill.tensor.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaintCommandTest {

    @TempDir
    private Path folder;

    @Test
    void pictures_vectors_landmarks_and_pairs_are_written() throws IOException {
        Run run = Run.facemill(
                "paint",
                "--identities",
                "10",
                "--images",
                "2",
                "--pairs",
                "--seed",
                "5",
                "--out",
                folder.resolve("out").toString(),
                "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get("images").asInt()).isEqualTo(20);
        assertThat(folder.resolve("out/painted000009/painted000009_0002.png")).exists();
        Map<String, float[]> contexts = Contexts.read(folder.resolve("out/contexts.npz"));
        assertThat(contexts.get("painted000003")).containsExactly(Noise.unitVector(5, 3, 512));
        assertThat(Files.readAllLines(folder.resolve("out/landmarks.csv"))).hasSize(21);
        List<PairsFile.Pair> pairs = PairsFile.read(folder.resolve("out/pairs.txt"), folder.resolve("out"));
        assertThat(pairs)
                .hasSize(20)
                .filteredOn(PairsFile.Pair::same)
                .hasSize(10)
                .allSatisfy(pair -> assertThat(pair.first()).isNotEqualTo(pair.second()));
    }

    @Test
    void pairs_of_too_few_identities_are_bad_usage() {
        Run run = Run.facemill(
                "paint",
                "--identities",
                "3",
                "--images",
                "2",
                "--pairs",
                "--out",
                folder.resolve("out").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--pairs");
    }
}
