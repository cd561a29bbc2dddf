package org.facemill.evaluation.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;

/**
 * Similarity scores in files: text with one score a line, in its last column, as pyeer reads and IDiff-Face's evaluate.py writes
 * it, lines that begin with {@code #} apart; or an array, as .npy or whatever else {@link TensorFile} opens.
 */
public final class ScoreFiles {

    private ScoreFiles() {}

    /**
     * The scores of a file, in its order.
     *
     * @throws IllegalArgumentException if the file holds no scores, or one that is not finite; names the line
     */
    public static double[] read(Path file) throws IOException {
        double[] scores =
                file.getFileName().toString().matches(".*\\.(npy|npz|pt|pth|safetensors)") ? array(file) : text(file);
        if (scores.length == 0) {
            throw new IllegalArgumentException(file + ": no scores in it; expected one a line");
        }
        return scores;
    }

    private static double[] array(Path file) throws IOException {
        try (TensorFile content = TensorFile.open(file)) {
            if (content.tensors().size() != 1) {
                throw new IllegalArgumentException(
                        file + ": " + content.tensors().size() + " arrays in it; expected one, of scores");
            }
            Tensor tensor = content.tensors().values().iterator().next();
            double[] scores = tensor.doubles();
            for (int i = 0; i < scores.length; i++) {
                require(Double.isFinite(scores[i]), file, "number " + i, scores[i]);
            }
            return scores;
        }
    }

    private static double[] text(Path file) throws IOException {
        double[] scores = new double[1024];
        int count = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = line.replace("\uFEFF", "").strip();
                String[] columns = (text.startsWith("#") ? "" : text).split("[\\s,;]+");
                String last = columns[columns.length - 1];
                if (!last.isEmpty()) {
                    if (count == scores.length) {
                        scores = Arrays.copyOf(scores, 2 * count);
                    }
                    scores[count++] = score(file, number, last);
                }
            }
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": no text in UTF-8; expected one score a line", e);
        }
        return Arrays.copyOf(scores, count);
    }

    private static double score(Path file, int line, String text) {
        try {
            double score = Double.parseDouble(text);
            require(Double.isFinite(score), file, "line " + line, text);
            return score;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    file + ": line " + line + ": '" + text + "' is no score; expected a number in the last column", e);
        }
    }

    private static void require(boolean finite, Path file, String place, Object score) {
        if (!finite) {
            throw new IllegalArgumentException(file + ": " + place + ": " + score + " is no score; it must be finite");
        }
    }
}
