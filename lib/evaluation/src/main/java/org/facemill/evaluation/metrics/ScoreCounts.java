package org.facemill.evaluation.metrics;

import java.util.Arrays;

/**
 * How often each similarity score occurred among genuine and impostor pairs: all that error rates need.
 *
 * @param scores the scores that occurred, rising; higher is more alike
 * @param genuine number of genuine pairs with each score
 * @param impostor number of impostor pairs with each score
 */
public record ScoreCounts(double[] scores, long[] genuine, long[] impostor) {

    public ScoreCounts {
        if (scores.length != genuine.length || scores.length != impostor.length) {
            throw new IllegalArgumentException("%d scores with %d genuine and %d impostor counts"
                    .formatted(scores.length, genuine.length, impostor.length));
        }
    }

    /** Counts of scores given in any order. */
    public static ScoreCounts of(double[] genuineScores, double[] impostorScores) {
        double[] genuine = sorted("genuine", genuineScores);
        double[] impostor = sorted("impostor", impostorScores);
        double[] scores = new double[genuine.length + impostor.length];
        long[] genuineCounts = new long[scores.length];
        long[] impostorCounts = new long[scores.length];
        int n = 0;
        for (int g = 0, i = 0; g < genuine.length || i < impostor.length; n++) {
            double score =
                    i == impostor.length || g < genuine.length && genuine[g] < impostor[i] ? genuine[g] : impostor[i];
            scores[n] = score;
            for (; g < genuine.length && genuine[g] == score; g++) {
                genuineCounts[n]++;
            }
            for (; i < impostor.length && impostor[i] == score; i++) {
                impostorCounts[n]++;
            }
        }
        return new ScoreCounts(
                Arrays.copyOf(scores, n), Arrays.copyOf(genuineCounts, n), Arrays.copyOf(impostorCounts, n));
    }

    /** Number of genuine pairs. */
    public long genuinePairs() {
        return Arrays.stream(genuine).sum();
    }

    /** Number of impostor pairs. */
    public long impostorPairs() {
        return Arrays.stream(impostor).sum();
    }

    private static double[] sorted(String kind, double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        if (sorted.length > 0 && Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException(kind + " scores hold NaN; embeddings must be finite and not zero");
        }
        return sorted;
    }
}
