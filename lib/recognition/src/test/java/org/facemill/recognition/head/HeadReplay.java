package org.facemill.recognition.head;

import java.util.Arrays;

/**
 * A margin head in double precision: c_ij is the cosine of image i and class j, y_i the image's class; the logits are
 * s c_ij, but s f(c_ij) where j = y_i, with a head's own f.
 */
final class HeadReplay {

    /** What a head makes of an image's cosine to its own class. */
    interface Target {
        double of(int image, double cosine);

        /** Derivative by the cosine. */
        double slope(int image, double cosine);
    }

    private final float[] rows;
    private final float[] columns;
    private final long[] labels;
    private final int dimension;
    private final double scale;
    private final Target target;
    private final double[][] images;
    private final double[][] classes;

    /**
     * @param rows    embeddings, one after the other
     * @param columns [dimension,classes]
     */
    HeadReplay(float[] rows, float[] columns, long[] labels, double scale, Target target) {
        this.rows = rows;
        this.columns = columns;
        this.labels = labels;
        this.dimension = rows.length / labels.length;
        this.scale = scale;
        this.target = target;
        int count = columns.length / dimension;
        this.images = unit(rows, labels.length, dimension, 1);
        this.classes = unit(columns, count, 1, count);
    }

    /** [N * classes]. */
    float[] logits() {
        float[] all = new float[labels.length * classes.length];
        for (int i = 0; i < labels.length; i++) {
            double[] logits = logits(i);
            for (int j = 0; j < logits.length; j++) {
                all[i * logits.length + j] = (float) logits[j];
            }
        }
        return all;
    }

    /** Mean cross entropy. */
    double loss() {
        double loss = 0;
        for (int i = 0; i < labels.length; i++) {
            loss -= Math.log(probabilities(i)[(int) labels[i]]) / labels.length;
        }
        return loss;
    }

    /** Through c = a b / |a| |b|: the part of b's direction that is orthogonal to a, by |a|. */
    float[] embeddingGradients() {
        double[][] byCosine = byCosine();
        float[] gradients = new float[rows.length];
        for (int i = 0; i < labels.length; i++) {
            double norm = norm(rows, i * dimension, dimension, 1);
            for (int d = 0; d < dimension; d++) {
                double sum = 0;
                for (int j = 0; j < classes.length; j++) {
                    sum += byCosine[i][j] * (classes[j][d] - cosine(i, j) * images[i][d]);
                }
                gradients[i * dimension + d] = (float) (sum / norm);
            }
        }
        return gradients;
    }

    float[] kernelGradients() {
        double[][] byCosine = byCosine();
        float[] gradients = new float[columns.length];
        for (int j = 0; j < classes.length; j++) {
            double norm = norm(columns, j, dimension, classes.length);
            for (int d = 0; d < dimension; d++) {
                double sum = 0;
                for (int i = 0; i < labels.length; i++) {
                    sum += byCosine[i][j] * (images[i][d] - cosine(i, j) * classes[j][d]);
                }
                gradients[d * classes.length + j] = (float) (sum / norm);
            }
        }
        return gradients;
    }

    private double[][] byCosine() {
        double[][] byCosine = new double[labels.length][classes.length];
        for (int i = 0; i < labels.length; i++) {
            double[] probabilities = probabilities(i);
            for (int j = 0; j < classes.length; j++) {
                boolean own = j == labels[i];
                double byLogit = (probabilities[j] - (own ? 1 : 0)) / labels.length;
                byCosine[i][j] = scale * byLogit * (own ? target.slope(i, cosine(i, j)) : 1);
            }
        }
        return byCosine;
    }

    private double[] probabilities(int image) {
        double[] logits = logits(image);
        double largest = Arrays.stream(logits).max().orElseThrow();
        double sum = Arrays.stream(logits).map(z -> Math.exp(z - largest)).sum();
        return Arrays.stream(logits).map(z -> Math.exp(z - largest) / sum).toArray();
    }

    private double[] logits(int image) {
        double[] logits = new double[classes.length];
        for (int j = 0; j < logits.length; j++) {
            double cosine = cosine(image, j);
            logits[j] = scale * (j == labels[image] ? target.of(image, cosine) : cosine);
        }
        return logits;
    }

    private double cosine(int image, int label) {
        double dot = 0;
        for (int d = 0; d < dimension; d++) {
            dot += images[image][d] * classes[label][d];
        }
        return Math.min(1, Math.max(-1, dot));
    }

    /** Unit vectors: the n-th begins at n * {@code begin}, its floats lie {@code stride} apart. */
    private double[][] unit(float[] values, int count, int begin, int stride) {
        double[][] vectors = new double[count][dimension];
        for (int n = 0; n < count; n++) {
            double norm = norm(values, n * begin, dimension, stride);
            for (int d = 0; d < dimension; d++) {
                vectors[n][d] = values[n * begin + d * stride] / norm;
            }
        }
        return vectors;
    }

    static double norm(float[] values, int begin, int dimension, int stride) {
        double squares = 0;
        for (int d = 0; d < dimension; d++) {
            squares += (double) values[begin + d * stride] * values[begin + d * stride];
        }
        return Math.sqrt(squares);
    }
}
