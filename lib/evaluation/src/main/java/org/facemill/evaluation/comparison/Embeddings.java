package org.facemill.evaluation.comparison;

import java.util.Arrays;

/**
 * Embeddings of one identity's images, each scaled to unit length.
 *
 * @param images number of rows
 * @param dimension numbers a row
 * @param values row by row
 */
public record Embeddings(int images, int dimension, float[] values) {

    /**
     * Scales rows of any length to unit length.
     *
     * @param name what messages call them
     * @throws IllegalArgumentException for a row that is zero or not finite, or a wrong number of values
     */
    public static Embeddings normalised(String name, int images, int dimension, float[] values) {
        if (images < 1 || dimension < 1 || values.length != (long) images * dimension) {
            throw new IllegalArgumentException("%s: %d values are not %d embeddings of dimension %d"
                    .formatted(name, values.length, images, dimension));
        }
        float[] unit = new float[values.length];
        for (int row = 0; row < images; row++) {
            double squares = 0;
            for (int i = row * dimension; i < (row + 1) * dimension; i++) {
                squares += (double) values[i] * values[i];
            }
            double norm = Math.sqrt(squares);
            if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "%s: embedding %d has length %s; it must be finite and not zero".formatted(name, row, norm));
            }
            for (int i = row * dimension; i < (row + 1) * dimension; i++) {
                unit[i] = (float) (values[i] / norm);
            }
        }
        return new Embeddings(images, dimension, unit);
    }

    /** As {@link #normalised(String, int, int, float[])}, of rows of one length; at least one. */
    public static Embeddings normalised(String name, float[][] rows) {
        int dimension = rows[0].length;
        float[] values = new float[Math.multiplyExact(rows.length, dimension)];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, values, row * dimension, dimension);
        }
        return normalised(name, rows.length, dimension, values);
    }

    /** The first rows, at most {@code count}. */
    public Embeddings first(int count) {
        return count >= images ? this : new Embeddings(count, dimension, Arrays.copyOf(values, count * dimension));
    }

    /** The mean of all rows, scaled to unit length; the first row where the mean is zero. */
    float[] centre() {
        double[] sum = new double[dimension];
        for (int i = 0; i < values.length; i++) {
            sum[i % dimension] += values[i];
        }
        double norm = 0;
        for (double s : sum) {
            norm += s * s;
        }
        norm = Math.sqrt(norm);
        float[] centre = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            centre[i] = norm > 0 ? (float) (sum[i] / norm) : values[i];
        }
        return centre;
    }
}
