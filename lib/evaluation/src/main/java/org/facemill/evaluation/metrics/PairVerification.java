package org.facemill.evaluation.metrics;

import java.util.Arrays;

/**
 * Verification accuracy by k-fold cross-validation: the protocol of LFW and InsightFace's verification.py. Folds are
 * consecutive blocks of pairs; for each fold the threshold with the best accuracy on the other folds is taken, of 400
 * thresholds 0.00, 0.01, ..., 3.99 on the squared distance of unit vectors, the first of equals; a pair is accepted if
 * its distance is below the threshold.
 *
 * @param accuracy mean over folds, 0..1
 * @param accuracyStd population deviation over folds
 * @param foldAccuracy accuracy of each fold
 * @param foldThreshold threshold taken for each fold
 * @param separation error rates over all pairs, scores being cosine similarities
 */
public record PairVerification(
        double accuracy,
        double accuracyStd,
        double[] foldAccuracy,
        double[] foldThreshold,
        SeparationMetrics separation) {

    /** Folds of the LFW protocol. */
    public static final int FOLDS = 10;

    private static final int THRESHOLDS = 400;

    /**
     * Verifies pairs of unit vectors.
     *
     * @param distances squared L2 distance of each pair, 0..4
     * @param same whether each pair shows one identity
     * @throws IllegalArgumentException with fewer pairs than folds, or pairs of one kind only
     */
    public static PairVerification of(double[] distances, boolean[] same) {
        if (distances.length != same.length || distances.length < FOLDS) {
            throw new IllegalArgumentException("%d distances of %d pairs; verification wants one each and at least %d"
                    .formatted(distances.length, same.length, FOLDS));
        }
        SeparationMetrics separation =
                SeparationMetrics.of(ScoreCounts.of(cosines(distances, same, true), cosines(distances, same, false)));
        double[] accuracies = new double[FOLDS];
        double[] thresholds = new double[FOLDS];
        for (int fold = 0; fold < FOLDS; fold++) {
            int from = start(fold, distances.length);
            int to = start(fold + 1, distances.length);
            thresholds[fold] = bestThreshold(distances, same, from, to);
            accuracies[fold] = (double) correct(distances, same, thresholds[fold], from, to) / (to - from);
        }
        double mean = Arrays.stream(accuracies).average().orElseThrow();
        double variance = Arrays.stream(accuracies)
                .map(a -> (a - mean) * (a - mean))
                .average()
                .orElseThrow();
        return new PairVerification(mean, Math.sqrt(variance), accuracies, thresholds, separation);
    }

    /** As scikit-learn's KFold: the first folds are one longer where the number is not divisible. */
    private static int start(int fold, int pairs) {
        return fold * (pairs / FOLDS) + Math.min(fold, pairs % FOLDS);
    }

    private static double bestThreshold(double[] distances, boolean[] same, int testFrom, int testTo) {
        int best = -1;
        double threshold = 0;
        for (int i = 0; i < THRESHOLDS; i++) {
            int correct = correct(distances, same, i * 0.01, 0, testFrom)
                    + correct(distances, same, i * 0.01, testTo, distances.length);
            if (correct > best) {
                best = correct;
                threshold = i * 0.01;
            }
        }
        return threshold;
    }

    private static int correct(double[] distances, boolean[] same, double threshold, int from, int to) {
        int correct = 0;
        for (int i = from; i < to; i++) {
            if (distances[i] < threshold == same[i]) {
                correct++;
            }
        }
        return correct;
    }

    /** For unit vectors the cosine is 1 - d / 2. */
    private static double[] cosines(double[] distances, boolean[] same, boolean wanted) {
        double[] cosines = new double[distances.length];
        int n = 0;
        for (int i = 0; i < distances.length; i++) {
            if (same[i] == wanted) {
                cosines[n++] = 1 - distances[i] / 2;
            }
        }
        return Arrays.copyOf(cosines, n);
    }
}
