package org.facemill.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well genuine and impostor scores part: the columns of the papers' tables. Rates are 0..1, scores are
 * similarities.
 *
 * @param genuinePairs number of genuine pairs
 * @param impostorPairs number of impostor pairs
 * @param eer equal error rate: mean of FMR and FNMR at their crossing
 * @param eerThreshold score there
 * @param fmr0 FNMR at the lowest threshold without a false match
 * @param fmr100 FNMR where FMR is nearest to 1 %
 * @param fmr100Threshold score there
 * @param fmr1000 FNMR where FMR is nearest to 0.1 %
 * @param fmr1000Threshold score there
 * @param genuineMean mean of genuine scores
 * @param genuineStd their population deviation
 * @param impostorMean mean of impostor scores
 * @param impostorStd their population deviation
 * @param fdr Fisher discriminant ratio: squared distance of the means over the sum of variances
 * @param decidability d': distance of the means over the root of the mean variance
 * @param auc area under the ROC curve
 * @param tarAtFar true accept rate by false accept rate, {@code "1e-2"} to {@code "1e-4"}
 */
public record SeparationMetrics(
        long genuinePairs,
        long impostorPairs,
        double eer,
        double eerThreshold,
        double fmr0,
        double fmr100,
        double fmr100Threshold,
        double fmr1000,
        double fmr1000Threshold,
        double genuineMean,
        double genuineStd,
        double impostorMean,
        double impostorStd,
        double fdr,
        double decidability,
        double auc,
        Map<String, Double> tarAtFar) {

    private static final Map<String, Double> FARS = fars();

    /**
     * Metrics of counted scores.
     *
     * @throws IllegalArgumentException without at least one genuine and one impostor pair
     */
    public static SeparationMetrics of(ScoreCounts counts) {
        ErrorRates rates = ErrorRates.of(counts);
        ErrorRates.Point equal = rates.equalError();
        ErrorRates.Point oneInHundred = rates.nearestTo(0.01);
        ErrorRates.Point oneInThousand = rates.nearestTo(0.001);
        double genuineMean = mean(counts.scores(), counts.genuine());
        double impostorMean = mean(counts.scores(), counts.impostor());
        double genuineVariance = variance(counts.scores(), counts.genuine(), genuineMean);
        double impostorVariance = variance(counts.scores(), counts.impostor(), impostorMean);
        double distance = genuineMean - impostorMean;
        Map<String, Double> tar = new LinkedHashMap<>();
        FARS.forEach((name, far) -> tar.put(name, rates.tarAtFar(far)));
        return new SeparationMetrics(
                counts.genuinePairs(),
                counts.impostorPairs(),
                (equal.fmr() + equal.fnmr()) / 2,
                equal.threshold(),
                rates.zeroFmr().fnmr(),
                oneInHundred.fnmr(),
                oneInHundred.threshold(),
                oneInThousand.fnmr(),
                oneInThousand.threshold(),
                genuineMean,
                Math.sqrt(genuineVariance),
                impostorMean,
                Math.sqrt(impostorVariance),
                distance * distance / (genuineVariance + impostorVariance),
                Math.abs(distance) / Math.sqrt((genuineVariance + impostorVariance) / 2),
                rates.auc(),
                tar);
    }

    /** Every finite figure but thresholds by its name, {@code tar_at_far} as {@code tar_at_far_1e-3} and so on. */
    public Map<String, Double> byName() {
        Map<String, Double> named = new LinkedHashMap<>();
        named.put("genuine_pairs", (double) genuinePairs);
        named.put("impostor_pairs", (double) impostorPairs);
        named.put("eer", eer);
        named.put("fmr0", fmr0);
        named.put("fmr100", fmr100);
        named.put("fmr1000", fmr1000);
        named.put("genuine_mean", genuineMean);
        named.put("genuine_std", genuineStd);
        named.put("impostor_mean", impostorMean);
        named.put("impostor_std", impostorStd);
        named.put("fdr", fdr);
        named.put("decidability", decidability);
        named.put("auc", auc);
        tarAtFar.forEach((far, tar) -> named.put("tar_at_far_" + far, tar));
        // a single pair has no deviation, and what is divided by it no value
        named.values().removeIf(value -> !Double.isFinite(value));
        return named;
    }

    private static double mean(double[] scores, long[] counts) {
        double sum = 0;
        long n = 0;
        for (int i = 0; i < scores.length; i++) {
            sum += scores[i] * counts[i];
            n += counts[i];
        }
        return sum / n;
    }

    private static double variance(double[] scores, long[] counts, double mean) {
        double sum = 0;
        long n = 0;
        for (int i = 0; i < scores.length; i++) {
            sum += (scores[i] - mean) * (scores[i] - mean) * counts[i];
            n += counts[i];
        }
        return sum / n;
    }

    private static Map<String, Double> fars() {
        Map<String, Double> fars = new LinkedHashMap<>();
        fars.put("1e-2", 1e-2);
        fars.put("1e-3", 1e-3);
        fars.put("1e-4", 1e-4);
        return fars;
    }
}
