/** The contract's noise, so that the same event gives the same image whoever draws it: Philox4x32-10. */
final class Noise {

    private Noise() {}

    /** So many numbers uniform in (0, 1). */
    static double[] uniform(long seed, long ordinal, int image, int step, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            int word = philox(seed, i / 4, step, image, (int) ordinal)[i % 4];
            numbers[i] = (Integer.toUnsignedLong(word) + 0.5) * 0x1p-32;
        }
        return numbers;
    }

    private static int[] philox(long seed, int c0, int c1, int c2, int c3) {
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < 10; round++) {
            long p0 = 0xD2511F53L * Integer.toUnsignedLong(c0);
            long p1 = 0xCD9E8D57L * Integer.toUnsignedLong(c2);
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c1 = (int) p1;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c3 = (int) p0;
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return new int[] {c0, c1, c2, c3};
    }
}
