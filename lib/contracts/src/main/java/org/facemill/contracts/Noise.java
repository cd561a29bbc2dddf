package org.facemill.contracts;

/**
 * The noise that every random number of a dataset is made of: a counter-based generator, so that a number depends on
 * its coordinates (seed, ordinal, image, step, index) alone and never on who drew it, when, or after what.
 *
 * <p>Definition, for implementers in other languages: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy
 * as 1, 2, 3", SC 2011) with key {@code (seed low 32 bits, seed high 32 bits)} and counter
 * {@code (index / 4, step, image, ordinal)}, each an unsigned 32-bit word. Word {@code w} becomes the uniform number
 * {@code (w + 0.5) / 2^32}; words 0 and 1 of a block give two normal numbers by Box-Muller,
 * {@code sqrt(-2 ln u0) cos(2 pi u1)} then {@code sqrt(-2 ln u0) sin(2 pi u1)}, words 2 and 3 the next two; in double
 * precision with fdlibm's functions ({@link StrictMath}), rounded to float last.
 */
public final class Noise {

    /** The step of the starting noise x_T; steps from 0 are those of the sampler. */
    public static final int X_T = -1;
    /** The step of everything that is drawn once per image outside a sampler, such as pose and light of a painter. */
    public static final int IMAGE_TRAITS = -2;
    /** The step of what changes the further copies of an identity's first image; the image's number is the copy's. */
    public static final int COPY_TRAITS = -3;
    /** The image number of what belongs to the identity as a whole, such as its context. */
    public static final int IDENTITY = -1;

    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final double TWO_TO_MINUS_32 = 0x1p-32;

    private Noise() {}

    /**
     * Fills {@code out} with standard normal numbers.
     *
     * @param seed the run's seed
     * @param ordinal the identity's ordinal in the run, 0 to 2^32 - 1
     * @param image the image's number within the identity, or {@link #IDENTITY}
     * @param step the sampler's step, or {@link #X_T}, {@link #IMAGE_TRAITS} or {@link #COPY_TRAITS}
     */
    public static void normal(long seed, long ordinal, int image, int step, float[] out) {
        int[] words = new int[4];
        for (int start = 0; start < out.length; start += 4) {
            philox(seed, start >>> 2, step, image, (int) ordinal, words);
            for (int pair = 0; pair < 4 && start + pair < out.length; pair += 2) {
                double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(words[pair])));
                double angle = 2 * StrictMath.PI * uniform(words[pair + 1]);
                out[start + pair] = (float) (radius * StrictMath.cos(angle));
                if (start + pair + 1 < out.length) {
                    out[start + pair + 1] = (float) (radius * StrictMath.sin(angle));
                }
            }
        }
    }

    /** Fills {@code out} with numbers uniform in the open interval (0, 1); coordinates as in {@link #normal}. */
    public static void uniform(long seed, long ordinal, int image, int step, double[] out) {
        int[] words = new int[4];
        for (int i = 0; i < out.length; i++) {
            if ((i & 3) == 0) {
                philox(seed, i >>> 2, step, image, (int) ordinal, words);
            }
            out[i] = uniform(words[i & 3]);
        }
    }

    /**
     * A direction uniform on the unit sphere: normal numbers at ({@link #IDENTITY}, {@link #X_T}) divided by their
     * Euclidean norm, which is summed in index order in double precision. The context of a synthetic identity.
     */
    public static float[] unitVector(long seed, long ordinal, int dimension) {
        float[] vector = new float[dimension];
        normal(seed, ordinal, IDENTITY, X_T, vector);
        double sum = 0;
        for (float v : vector) {
            sum += (double) v * v;
        }
        double norm = StrictMath.sqrt(sum);
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (vector[i] / norm);
        }
        return vector;
    }

    private static double uniform(int word) {
        return (Integer.toUnsignedLong(word) + 0.5) * TWO_TO_MINUS_32;
    }

    /** Ten rounds of Philox4x32: counter (c0..c3), key (low, high word of {@code key}), result into {@code out}. */
    static void philox(long key, int c0, int c1, int c2, int c3, int[] out) {
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < 10; round++) {
            long product0 = Integer.toUnsignedLong(MULTIPLIER_0) * Integer.toUnsignedLong(c0);
            long product1 = Integer.toUnsignedLong(MULTIPLIER_1) * Integer.toUnsignedLong(c2);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }
}
