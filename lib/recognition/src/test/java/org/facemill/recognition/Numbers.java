package org.facemill.recognition;

import static org.assertj.core.api.Assertions.assertThat;

/** Comparisons of long arrays, whose messages name the worst place only. */
public final class Numbers {

    private Numbers() {}

    /** Every element within an absolute tolerance. */
    public static void assertClose(float[] actual, float[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        int worst = 0;
        for (int i = 0; i < actual.length; i++) {
            // written so that a NaN counts as the worst
            if (!(Math.abs(actual[i] - expected[i]) <= Math.abs(actual[worst] - expected[worst]))) {
                worst = i;
            }
        }
        double difference = Math.abs(actual[worst] - expected[worst]);
        assertThat(difference)
                .as("element %d: %s, expected %s", worst, actual[worst], expected[worst])
                .isLessThanOrEqualTo(tolerance);
    }

    /** Every element within a tolerance that is relative to the largest of the expected. */
    public static void assertRelativelyClose(float[] actual, float[] expected, double tolerance) {
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertClose(actual, expected, tolerance * largest);
    }
}
