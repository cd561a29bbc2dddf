package org.facemill.evaluation.metrics;

import java.util.Arrays;

/**
 * How genuine and impostor scores are distributed where nearly all of them lie, for drawing.
 *
 * @param from lower edge of the first bin
 * @param to upper edge of the last bin
 * @param genuine share of the genuine pairs in each bin, 0 to 1
 * @param impostor share of the impostor pairs in each bin, 0 to 1
 */
public record ScoreDistribution(double from, double to, double[] genuine, double[] impostor) {

    /** Share of the scores at either end that may lie outside: a recogniser's scores can fill a tenth of -1..1. */
    private static final double OUTSIDE = 5e-4;

    private static final double SMALLEST_RANGE = 0.02;

    /** The distribution of counted scores in so many bins. */
    public static ScoreDistribution of(ScoreCounts counts, int bins) {
        double low =
                Math.min(quantile(counts, counts.genuine(), OUTSIDE), quantile(counts, counts.impostor(), OUTSIDE));
        double high = Math.max(
                quantile(counts, counts.genuine(), 1 - OUTSIDE), quantile(counts, counts.impostor(), 1 - OUTSIDE));
        double margin = Math.max(0.02 * (high - low), (SMALLEST_RANGE - (high - low)) / 2);
        double from = low - margin;
        double to = high + margin;
        return new ScoreDistribution(
                from,
                to,
                shares(from, to, bins, counts.scores(), counts.genuine()),
                shares(from, to, bins, counts.scores(), counts.impostor()));
    }

    /** The score in the middle of each bin. */
    public double[] centres() {
        double width = (to - from) / genuine.length;
        double[] centres = new double[genuine.length];
        Arrays.setAll(centres, bin -> from + (bin + 0.5) * width);
        return centres;
    }

    private static double[] shares(double from, double to, int bins, double[] scores, long[] counts) {
        double width = (to - from) / bins;
        double[] shares = new double[bins];
        long total = Arrays.stream(counts).sum();
        for (int i = 0; i < scores.length; i++) {
            int bin = (int) Math.floor((scores[i] - from) / width);
            if (bin >= 0 && bin < bins && total > 0) {
                shares[bin] += (double) counts[i] / total;
            }
        }
        return shares;
    }

    /** The score below which a share of the pairs lies; of no pairs, one that no range depends on. */
    private static double quantile(ScoreCounts counts, long[] pairs, double share) {
        long total = Arrays.stream(pairs).sum();
        if (total == 0) {
            return share < 0.5 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        long below = 0;
        int i = 0;
        while (below + pairs[i] <= share * total) {
            below += pairs[i++];
        }
        return counts.scores()[i];
    }
}
