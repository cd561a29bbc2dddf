package org.facemill.recognition.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.facemill.recognition.Numbers.assertClose;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * ElasticFace-Arc against its formula (Boutros et al., 2022, equation 6) in double precision, on the embeddings and classes
 * of golden/07_fr/heads. With c_ij the cosine of image i and class j, y_i the image's class and m_i its margin, the logits are
 * s c_ij, but s cos(acos(c_ij) + m_i) where j = y_i. In single precision a cosine of 0.999 leaves its sine five digits.
 */
class ElasticFaceArcTest {

    private static final double SCALE = 64;
    private static final int IMAGES = 8;

    private final double[][] images = unit(MarginHeadTest.embeddings(), IMAGES, MarginHeadTest.DIMENSION, 1);
    private final double[][] classes = unit(MarginHeadTest.kernel(), MarginHeadTest.CLASSES, 1, MarginHeadTest.CLASSES);
    private final float[] margins = MarginHeadTest.margins(IMAGES);
    private final long[] labels = MarginHeadTest.labels();

    @Test
    void logitsLossAndGradientsAreThoseOfTheFormula() {
        MarginHeadTest.Result result = MarginHeadTest.run(
                new ElasticFace(SCALE, 0.5, 0.0125, true, false), MarginHeadTest.embeddings(), labels);

        double loss = 0;
        double[][] byCosine = new double[IMAGES][MarginHeadTest.CLASSES];
        for (int i = 0; i < IMAGES; i++) {
            double[] logits = logits(i);
            assertClose(
                    Arrays.copyOfRange(result.logits(), i * logits.length, (i + 1) * logits.length),
                    floats(logits),
                    5e-4);
            double largest = Arrays.stream(logits).max().orElseThrow();
            double sum = Arrays.stream(logits).map(z -> Math.exp(z - largest)).sum();
            int own = (int) labels[i];
            loss += (largest + Math.log(sum) - logits[own]) / IMAGES;
            for (int j = 0; j < logits.length; j++) {
                double byLogit = (Math.exp(logits[j] - largest) / sum - (j == own ? 1 : 0)) / IMAGES;
                byCosine[i][j] = SCALE * byLogit * (j == own ? slope(cosine(i, j), margins[i]) : 1);
            }
        }
        assertThat((double) result.loss()).isCloseTo(loss, within(1e-4));
        assertClose(result.embeddingGradients(), embeddingGradients(byCosine), 2e-5);
        assertClose(result.kernelGradients(), kernelGradients(byCosine), 1e-4);
    }

    private double[] logits(int image) {
        double[] logits = new double[MarginHeadTest.CLASSES];
        for (int j = 0; j < logits.length; j++) {
            double angle = Math.acos(cosine(image, j));
            logits[j] = SCALE * Math.cos(j == labels[image] ? angle + margins[image] : angle);
        }
        return logits;
    }

    /** Derivative of cos(acos(c) + m) by c. */
    private static double slope(double cosine, double margin) {
        double angle = Math.acos(cosine);
        return Math.sin(angle + margin) / Math.sin(angle);
    }

    /** Through c = a b / |a| |b|: the part of b's direction that is orthogonal to a, by |a|. */
    private float[] embeddingGradients(double[][] byCosine) {
        float[] rows = MarginHeadTest.embeddings();
        float[] gradients = new float[rows.length];
        for (int i = 0; i < IMAGES; i++) {
            double norm = norm(rows, i * MarginHeadTest.DIMENSION, 1);
            for (int d = 0; d < MarginHeadTest.DIMENSION; d++) {
                double sum = 0;
                for (int j = 0; j < classes.length; j++) {
                    sum += byCosine[i][j] * (classes[j][d] - cosine(i, j) * images[i][d]);
                }
                gradients[i * MarginHeadTest.DIMENSION + d] = (float) (sum / norm);
            }
        }
        return gradients;
    }

    private float[] kernelGradients(double[][] byCosine) {
        float[] columns = MarginHeadTest.kernel();
        float[] gradients = new float[columns.length];
        for (int j = 0; j < classes.length; j++) {
            double norm = norm(columns, j, classes.length);
            for (int d = 0; d < MarginHeadTest.DIMENSION; d++) {
                double sum = 0;
                for (int i = 0; i < IMAGES; i++) {
                    sum += byCosine[i][j] * (images[i][d] - cosine(i, j) * classes[j][d]);
                }
                gradients[d * classes.length + j] = (float) (sum / norm);
            }
        }
        return gradients;
    }

    private double cosine(int image, int label) {
        double dot = 0;
        for (int d = 0; d < MarginHeadTest.DIMENSION; d++) {
            dot += images[image][d] * classes[label][d];
        }
        return Math.min(1, Math.max(-1, dot));
    }

    /** Unit vectors: the n-th begins at n * {@code begin}, its floats lie {@code stride} apart. */
    private static double[][] unit(float[] values, int count, int begin, int stride) {
        double[][] vectors = new double[count][MarginHeadTest.DIMENSION];
        for (int n = 0; n < count; n++) {
            double norm = norm(values, n * begin, stride);
            for (int d = 0; d < MarginHeadTest.DIMENSION; d++) {
                vectors[n][d] = values[n * begin + d * stride] / norm;
            }
        }
        return vectors;
    }

    private static double norm(float[] values, int begin, int stride) {
        double squares = 0;
        for (int d = 0; d < MarginHeadTest.DIMENSION; d++) {
            squares += (double) values[begin + d * stride] * values[begin + d * stride];
        }
        return Math.sqrt(squares);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
