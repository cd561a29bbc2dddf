package org.facemill.evaluation.comparison;

/**
 * numpy's legacy generator, {@code numpy.random.seed} and {@code choice}: the Mersenne Twister MT19937 (Matsumoto and
 * Nishimura, 1998), whole numbers below a bound by masking and rejection.
 */
final class NumpyRandom {

    private static final int LENGTH = 624;
    private static final int SHIFT = 397;
    private static final int UPPER = 0x80000000;
    private static final int LOWER = 0x7FFFFFFF;
    private static final int MATRIX = 0x9908B0DF;

    private final int[] state = new int[LENGTH];
    private int next = LENGTH;

    /** @param seed 0 to 2^32 - 1 */
    NumpyRandom(long seed) {
        state[0] = (int) seed;
        for (int i = 1; i < LENGTH; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
    }

    /** Uniform, 0 to {@code bound - 1}. */
    int below(int bound) {
        int largest = bound - 1;
        if (largest == 0) {
            return 0;
        }
        int mask = -1 >>> Integer.numberOfLeadingZeros(largest);
        int drawn = next() & mask;
        while (drawn > largest) {
            drawn = next() & mask;
        }
        return drawn;
    }

    private int next() {
        if (next == LENGTH) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9D2C5680;
        y ^= y << 15 & 0xEFC60000;
        return y ^ y >>> 18;
    }

    private void twist() {
        for (int i = 0; i < LENGTH; i++) {
            int y = state[i] & UPPER | state[(i + 1) % LENGTH] & LOWER;
            state[i] = state[(i + SHIFT) % LENGTH] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : MATRIX);
        }
        next = 0;
    }
}
