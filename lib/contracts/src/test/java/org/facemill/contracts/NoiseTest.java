package org.facemill.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NoiseTest {

    /** Known answers of Random123 (kat_vectors), philox4x32 with 10 rounds. */
    @Test
    void philoxGivesThePublishedAnswers() {
        assertThat(philox(0, 0, 0, 0, 0)).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertThat(philox(-1, -1, -1, -1, -1)).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        assertThat(philox(0x299f31d0a4093822L, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344))
                .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    @Test
    void normalNumbersHaveMeanZeroAndVarianceOne() {
        float[] numbers = new float[100_000];

        Noise.normal(7, 3, 2, 1, numbers);

        double mean = 0;
        double square = 0;
        for (float x : numbers) {
            mean += x / numbers.length;
            square += (double) x * x / numbers.length;
        }
        assertThat(mean).isCloseTo(0, within(0.01));
        assertThat(square).isCloseTo(1, within(0.02));
    }

    @Test
    void aNumberDependsOnItsCoordinatesAndNotOnHowManyAreDrawn() {
        float[] few = new float[5];
        float[] many = new float[64];

        Noise.normal(42, 9, 3, Noise.X_T, few);
        Noise.normal(42, 9, 3, Noise.X_T, many);

        assertThat(many).startsWith(few);
    }

    @Test
    void eachCoordinateChangesTheNumbers() {
        assertThat(first(1, 1, 1, 1))
                .isNotEqualTo(first(2, 1, 1, 1))
                .isNotEqualTo(first(1L + (1L << 32), 1, 1, 1))
                .isNotEqualTo(first(1, 2, 1, 1))
                .isNotEqualTo(first(1, 1, 2, 1))
                .isNotEqualTo(first(1, 1, 1, 2));
    }

    @Test
    void unitVectorsHaveLengthOneAndAreStable() {
        float[] vector = Noise.unitVector(1, 0, 512);

        double norm = 0;
        for (float v : vector) {
            norm += (double) v * v;
        }
        assertThat(norm).isCloseTo(1, within(1e-6));
        assertThat(vector).isEqualTo(Noise.unitVector(1, 0, 512));
    }

    private static int[] philox(long key, int c0, int c1, int c2, int c3) {
        int[] out = new int[4];
        Noise.philox(key, c0, c1, c2, c3, out);
        return out;
    }

    private static float first(long seed, long ordinal, int image, int step) {
        float[] out = new float[1];
        Noise.normal(seed, ordinal, image, step, out);
        return out[0];
    }
}
