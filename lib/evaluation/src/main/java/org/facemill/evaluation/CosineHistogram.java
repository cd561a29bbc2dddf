package org.facemill.evaluation;

import java.util.stream.IntStream;

/**
 * Cosine similarities counted in {@value #BINS_PER_UNIT} bins a unit: memory does not grow with the number of pairs, and
 * the counts are the same in whatever order scores come. A score moves by at most half a bin, 8e-6.
 */
final class CosineHistogram {

    static final int BINS_PER_UNIT = 1 << 16;

    private final long[] counts = new long[2 * BINS_PER_UNIT + 1];

    /** Counts scores {@code from} (inclusive) to {@code to} (exclusive); each is clamped to -1..1. */
    void add(float[] scores, int from, int to) {
        for (int i = from; i < to; i++) {
            // added before the cast, so that truncation rounds to the nearest for negative scores too
            int bin = (int) (scores[i] * BINS_PER_UNIT + (BINS_PER_UNIT + 0.5f));
            counts[Math.max(0, Math.min(bin, 2 * BINS_PER_UNIT))]++;
        }
    }

    static ScoreCounts counts(CosineHistogram genuine, CosineHistogram impostor) {
        int[] used = IntStream.range(0, genuine.counts.length)
                .filter(i -> genuine.counts[i] + impostor.counts[i] > 0)
                .toArray();
        double[] scores = new double[used.length];
        long[] genuineCounts = new long[used.length];
        long[] impostorCounts = new long[used.length];
        for (int i = 0; i < used.length; i++) {
            scores[i] = (double) (used[i] - BINS_PER_UNIT) / BINS_PER_UNIT;
            genuineCounts[i] = genuine.counts[used[i]];
            impostorCounts[i] = impostor.counts[used[i]];
        }
        return new ScoreCounts(scores, genuineCounts, impostorCounts);
    }
}
