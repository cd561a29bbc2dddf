package org.facemill.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Embeddings to compare others with, kept in panels of {@value #PANEL} columns so that the inner loop of the product is
 * one that the compiler turns into vector instructions. A product's order of summation depends on nothing but the
 * dimension: the score of two embeddings is the same number whichever came first.
 */
final class Gallery {

    static final int PANEL = 256;
    /** Probes that share what the cache holds of a panel. */
    private static final int PROBES = 16;
    /** Terms of the products that are added at once; with eight the compiler gives up on vectors. */
    private static final int TERMS = 4;

    private final int dimension;
    private final int paddedDimension;
    private final List<float[][]> panels = new ArrayList<>();
    private int size;

    Gallery(int dimension) {
        this.dimension = dimension;
        this.paddedDimension = (dimension + TERMS - 1) / TERMS * TERMS;
    }

    int size() {
        return size;
    }

    /** Takes the embedding in the given row. */
    void add(float[] rows, int row) {
        if (size % PANEL == 0) {
            panels.add(new float[paddedDimension][PANEL]);
        }
        float[][] panel = panels.get(panels.size() - 1);
        for (int k = 0; k < dimension; k++) {
            panel[k][size % PANEL] = rows[row * dimension + k];
        }
        size++;
    }

    /** Scores of one probe against {@code length} embeddings from {@code first} on: {@code values[0]} and up. */
    record Scores(int probe, int first, int length, float[] values) {}

    /**
     * Compares every probe with every embedding held, panel by panel.
     *
     * @param probes rows of unit length
     * @param sink takes the scores of one probe and one panel; the array is reused
     */
    void compare(float[] probes, int count, Consumer<Scores> sink) {
        float[] padded = padded(probes, count);
        float[][] scores = new float[PROBES][PANEL];
        for (int p = 0; p < panels.size(); p++) {
            int length = Math.min(PANEL, size - p * PANEL);
            for (int from = 0; from < count; from += PROBES) {
                int to = Math.min(count, from + PROBES);
                multiply(padded, from, to, panels.get(p), scores);
                for (int probe = from; probe < to; probe++) {
                    sink.accept(new Scores(probe, p * PANEL, length, scores[probe - from]));
                }
            }
        }
    }

    private float[] padded(float[] rows, int count) {
        float[] padded = new float[count * paddedDimension];
        for (int row = 0; row < count; row++) {
            System.arraycopy(rows, row * dimension, padded, row * paddedDimension, dimension);
        }
        return padded;
    }

    private void multiply(float[] probes, int from, int to, float[][] panel, float[][] scores) {
        for (float[] row : scores) {
            Arrays.fill(row, 0);
        }
        for (int k = 0; k < paddedDimension; k += TERMS) {
            for (int probe = from; probe < to; probe++) {
                accumulate(probes, probe * paddedDimension + k, panel, k, scores[probe - from]);
            }
        }
    }

    /** Rows are arrays of their own: with offsets into one array the compiler could not rule out that they overlap. */
    private static void accumulate(float[] probe, int at, float[][] panel, int k, float[] scores) {
        float a = probe[at];
        float b = probe[at + 1];
        float c = probe[at + 2];
        float d = probe[at + 3];
        float[] rowA = panel[k];
        float[] rowB = panel[k + 1];
        float[] rowC = panel[k + 2];
        float[] rowD = panel[k + 3];
        for (int i = 0; i < PANEL; i++) {
            scores[i] += a * rowA[i] + b * rowB[i] + (c * rowC[i] + d * rowD[i]);
        }
    }
}
