package org.facemill.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreFilesTest {

    @TempDir
    private Path folder;

    @Test
    void whatEvaluatePyWritesIsReadAndSoIsTheArrayBesideIt() throws IOException {
        double[] text = ScoreFiles.read(Golden.path("08_align_eval/scores/normal_genuine_scores.txt"));
        double[] array = ScoreFiles.read(Golden.path("08_align_eval/scores/normal_genuine.npy"));

        assertThat(text).hasSize(2000).containsExactly(array, within(1e-7));
    }

    @Test
    void theScoreIsInTheLastColumnAsPyeerHasIt() throws IOException {
        Path file = write("a.txt", "user1 user2 0.5\r\nuser1\tuser3\t-1e-3\n\n0.25\n");

        assertThat(ScoreFiles.read(file)).containsExactly(0.5, -1e-3, 0.25);
    }

    @Test
    void aLineThatBeginsWithAHashIsAComment() throws IOException {
        assertThat(ScoreFiles.read(write("a.txt", "# cosines\n0.5\nimage#1 image#2 0.6\n  # end")))
                .containsExactly(0.5, 0.6);
    }

    @Test
    void aByteOrderMarkIsNoScore() throws IOException {
        assertThat(ScoreFiles.read(write("a.txt", "\uFEFF0.5\n0.6\n"))).containsExactly(0.5, 0.6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "inf", "0.5x", "score", "NaN", "Infinity"})
    void aLineWithoutAFiniteNumberIsNamed(String word) throws IOException {
        Path file = write("a.txt", "0.5\n" + word + "\n");

        assertThatThrownBy(() -> ScoreFiles.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.txt: line 2: ")
                .hasMessageContaining(word);
    }

    @Test
    void anEmptyFileAndOneOfOtherCharactersAreRefused() throws IOException {
        Path empty = write("empty.txt", "\n");
        Path binary = Files.write(folder.resolve("b.txt"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0x30, 0});

        assertThatThrownBy(() -> ScoreFiles.read(empty)).hasMessageContaining("empty.txt: no scores");
        assertThatThrownBy(() -> ScoreFiles.read(binary)).hasMessageContaining("b.txt: no text in UTF-8");
    }

    @Test
    void anArrayWithANumberThatIsNoneIsRefused() throws IOException {
        Path file = folder.resolve("a.npy");
        Npy.write(file, Tensor.of(new long[] {3}, 0.5f, Float.NaN, 0));

        assertThatThrownBy(() -> ScoreFiles.read(file)).hasMessageContaining("a.npy: number 1: NaN");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }
}
