package org.facemill.evaluation.comparison;

import java.util.stream.IntStream;
import org.facemill.evaluation.metrics.ScoreCounts;

/**
 * Cosine similarities counted in {@value #BINS_PER_UNIT} bins a unit: memory does not grow with the number of pairs, and
 * the counts are the same in whatever order scores come. A score moves by at most half a bin, 8e-6.
 */
final class CosineHistogram {

    static final int BINS_PER_UNIT = 1 << 16;
    /** How far a score may move. */
    static final double HALF_BIN = 0.5 / BINS_PER_UNIT;
    /** Bins from -1 to 1. */
    static final int BINS = 2 * BINS_PER_UNIT + 1;

    /** Scores after which an int might overflow. */
    private static final int FULL = Integer.MAX_VALUE - PairwiseScores.PROBES * EmbeddingRows.BLOCK;

    private final long[] counts = new long[BINS];
    /** What is counted since the last {@link #settle()}: half the size, so that it stays in a core's cache. */
    private final int[] latest = new int[BINS];

    private int pending;

    /** The bin of a score, which is clamped to -1..1; added before the cast, so that truncation rounds to the nearest. */
    static int bin(float score) {
        return Math.max(0, Math.min((int) (score * BINS_PER_UNIT + (BINS_PER_UNIT + 0.5f)), BINS - 1));
    }

    /** The score in the middle of a bin. */
    static double score(int bin) {
        return (double) (bin - BINS_PER_UNIT) / BINS_PER_UNIT;
    }

    /** Counts scores {@code from} (inclusive) to {@code to} (exclusive). */
    void add(float[] scores, int from, int to) {
        if (to <= from) {
            return;
        }
        if (pending > FULL) {
            settle();
        }
        for (int i = from; i < to; i++) {
            latest[bin(scores[i])]++;
        }
        pending += to - from;
    }

    /** Counts all of another histogram. */
    void add(CosineHistogram other) {
        add(other.counts());
    }

    /** Counts as many scores of each bin, from -1 up. */
    void add(long[] perBin) {
        for (int i = 0; i < BINS; i++) {
            counts[i] += perBin[i];
        }
    }

    /** Scores per bin, from -1 up. */
    long[] counts() {
        settle();
        return counts.clone();
    }

    private void settle() {
        for (int i = 0; i < BINS; i++) {
            counts[i] += latest[i];
            latest[i] = 0;
        }
        pending = 0;
    }

    static ScoreCounts counts(CosineHistogram genuine, CosineHistogram impostor) {
        long[] genuineBins = genuine.counts();
        long[] impostorBins = impostor.counts();
        int[] used = IntStream.range(0, BINS)
                .filter(i -> genuineBins[i] + impostorBins[i] > 0)
                .toArray();
        return new ScoreCounts(
                IntStream.of(used).mapToDouble(CosineHistogram::score).toArray(),
                IntStream.of(used).mapToLong(i -> genuineBins[i]).toArray(),
                IntStream.of(used).mapToLong(i -> impostorBins[i]).toArray());
    }
}
