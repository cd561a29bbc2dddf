package org.facemill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.facemill.contracts.Noise;
import org.junit.jupiter.api.Test;

class CodebookTest {

    @Test
    void entries_find_the_clusters() {
        float[] points = new float[400];
        Noise.normal(1, 0, 0, 0, points);
        for (int i = 0; i < 200; i++) {
            points[2 * i] = points[2 * i] * 0.01f + (i % 2 == 0 ? 5 : -5);
        }

        float[] codebook = Codebook.fit(points, 2, 2, 5, 3);

        assertThat(Math.abs(codebook[0])).isBetween(4.9f, 5.1f);
        assertThat(codebook[0] * codebook[2]).isNegative();
    }

    @Test
    void iterations_bring_entries_nearer_to_the_points() {
        float[] points = new float[3000];
        Noise.normal(1, 0, 0, 0, points);

        assertThat(error(points, Codebook.fit(points, 3, 64, 5, 3)))
                .isLessThan(0.9 * error(points, Codebook.fit(points, 3, 64, 0, 3)));
    }

    @Test
    void more_codes_than_points_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Codebook.fit(new float[6], 3, 3, 1, 1))
                .withMessageContaining("3 codes");
    }

    private static double error(float[] points, float[] codebook) {
        double sum = 0;
        for (int p = 0; p < points.length; p += 3) {
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < codebook.length; c += 3) {
                double distance = 0;
                for (int d = 0; d < 3; d++) {
                    distance += Math.pow(points[p + d] - codebook[c + d], 2);
                }
                least = Math.min(least, distance);
            }
            sum += least;
        }
        return sum;
    }
}
