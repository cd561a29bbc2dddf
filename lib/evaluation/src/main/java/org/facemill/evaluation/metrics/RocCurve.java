package org.facemill.evaluation.metrics;

import java.util.stream.IntStream;

/**
 * True against false accept rate, thinned for drawing.
 *
 * @param far false accept rates above zero, falling
 * @param tar true accept rate at each
 */
public record RocCurve(double[] far, double[] tar) {

    /** The curve of counted scores, of at most {@code points} points spread evenly over the logarithm of FAR. */
    public static RocCurve of(ScoreCounts counts, int points) {
        ErrorRates rates = ErrorRates.of(counts);
        double logLowest = -Math.log(counts.impostorPairs());
        IntStream.Builder kept = IntStream.builder();
        for (int point = 0, i = 0, last = -1; point < points; point++) {
            double target = Math.exp(logLowest * point / (points - 1)) * (1 + 1e-9);
            while (i < rates.fmr().length && rates.fmr()[i] > target) {
                i++;
            }
            if (i == rates.fmr().length || rates.fmr()[i] == 0) {
                break;
            }
            if (i != last) {
                kept.add(i);
                last = i;
            }
        }
        int[] used = kept.build().toArray();
        return new RocCurve(
                IntStream.of(used).mapToDouble(i -> rates.fmr()[i]).toArray(),
                IntStream.of(used).mapToDouble(i -> 1 - rates.fnmr()[i]).toArray());
    }
}
