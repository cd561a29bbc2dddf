package org.facemill.diffusion.training;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Vector quantisation's codebook by k-means (Lloyd's algorithm) on an encoder's latents. */
public final class Codebook {

    private Codebook() {}

    /**
     * Entries that are means of the points nearest to them.
     *
     * @param points [n, dimension], row-major; at least as many as {@code codes}
     * @param iterations of Lloyd's algorithm, from a random choice of points on
     * @return [codes, dimension]; an entry that loses all its points stays where it was
     */
    public static float[] fit(float[] points, int dimension, int codes, int iterations, long seed) {
        int n = points.length / dimension;
        if (n < codes) {
            throw new IllegalArgumentException(codes + " codes want as many points, given are " + n);
        }
        float[] codebook = choose(points, dimension, codes, seed);
        for (int i = 0; i < iterations; i++) {
            float[] current = codebook;
            int[] nearest = IntStream.range(0, n)
                    .parallel()
                    .map(p -> nearest(points, p * dimension, current, dimension))
                    .toArray();
            codebook = means(points, nearest, current, dimension);
        }
        return codebook;
    }

    private static float[] choose(float[] points, int dimension, int codes, long seed) {
        int n = points.length / dimension;
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, n).toArray();
        float[] chosen = new float[codes * dimension];
        for (int i = 0; i < codes; i++) {
            int j = i + random.nextInt(n - i);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
            System.arraycopy(points, order[i] * dimension, chosen, i * dimension, dimension);
        }
        return chosen;
    }

    private static int nearest(float[] points, int at, float[] codebook, int dimension) {
        int best = 0;
        float least = Float.POSITIVE_INFINITY;
        for (int c = 0; c < codebook.length; c += dimension) {
            float distance = 0;
            for (int d = 0; d < dimension; d++) {
                float difference = points[at + d] - codebook[c + d];
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                best = c;
            }
        }
        return best / dimension;
    }

    private static float[] means(float[] points, int[] nearest, float[] before, int dimension) {
        double[] sums = new double[before.length];
        int[] counts = new int[before.length / dimension];
        for (int p = 0; p < nearest.length; p++) {
            counts[nearest[p]]++;
            for (int d = 0; d < dimension; d++) {
                sums[nearest[p] * dimension + d] += points[p * dimension + d];
            }
        }
        float[] means = before.clone();
        for (int c = 0; c < counts.length; c++) {
            for (int d = 0; d < dimension && counts[c] > 0; d++) {
                means[c * dimension + d] = (float) (sums[c * dimension + d] / counts[c]);
            }
        }
        return means;
    }
}
