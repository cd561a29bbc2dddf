package org.facemill.evaluation.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well genuine and impostor scores part: the columns of the papers' tables. Rates are 0..1, scores are similarities; a
 * figure that is not defined is NaN, which becomes null in JSON.
 *
 * <p>Rates and thresholds are pyeer's, but where pyeer gives a number that does not mean what its name says: with scores that
 * are all the same there is no EER, and where no threshold brings the FMR near 1 % or 0.1 %, because too many impostor pairs
 * share the highest scores, there is no FMR100 or FMR1000. {@link #pyeer()} holds pyeer's own numbers.
 *
 * @param genuinePairs number of genuine pairs
 * @param impostorPairs number of impostor pairs
 * @param collapsed whether no threshold can tell genuine from impostor pairs, see {@link ErrorRates#collapsed()}
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
 * @param pyeer what pyeer says, whatever it means
 */
public record SeparationMetrics(
        long genuinePairs,
        long impostorPairs,
        boolean collapsed,
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
        Map<String, Double> tarAtFar,
        Pyeer pyeer) {

    private static final double ONE_IN_HUNDRED = 0.01;
    private static final double ONE_IN_THOUSAND = 0.001;
    private static final Map<String, Double> FARS = fars();

    /**
     * pyeer's numbers: FMR100 is the FNMR where the FMR is nearest to 1 %, however far that is.
     *
     * @param fmrOfFmr100 the FMR where FMR100 was taken
     * @param fmrOfFmr1000 the FMR where FMR1000 was taken
     */
    public record Pyeer(double eer, double fmr100, double fmrOfFmr100, double fmr1000, double fmrOfFmr1000) {

        static Pyeer of(ErrorRates rates) {
            ErrorRates.Point oneInHundred = rates.nearestTo(ONE_IN_HUNDRED);
            ErrorRates.Point oneInThousand = rates.nearestTo(ONE_IN_THOUSAND);
            // without a crossing pyeer warns and gives 1
            return new Pyeer(
                    rates.crosses() ? rates.equalErrorRate() : 1,
                    oneInHundred.fnmr(),
                    oneInHundred.fmr(),
                    oneInThousand.fnmr(),
                    oneInThousand.fmr());
        }
    }

    /**
     * Metrics of counted scores.
     *
     * @throws IllegalArgumentException without at least one genuine and one impostor pair
     */
    public static SeparationMetrics of(ScoreCounts counts) {
        ErrorRates rates = ErrorRates.of(counts);
        boolean constant = counts.scores().length == 1;
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
                rates.collapsed(),
                constant ? Double.NaN : rates.equalErrorRate(),
                constant ? Double.NaN : rates.equalError().threshold(),
                rates.zeroFmr().fnmr(),
                fmr(rates, ONE_IN_HUNDRED).fnmr(),
                fmr(rates, ONE_IN_HUNDRED).threshold(),
                fmr(rates, ONE_IN_THOUSAND).fnmr(),
                fmr(rates, ONE_IN_THOUSAND).threshold(),
                genuineMean,
                Math.sqrt(genuineVariance),
                impostorMean,
                Math.sqrt(impostorVariance),
                quotient(distance * distance, genuineVariance + impostorVariance),
                quotient(Math.abs(distance), Math.sqrt((genuineVariance + impostorVariance) / 2)),
                rates.auc(),
                tar,
                Pyeer.of(rates));
    }

    /**
     * Every figure but thresholds by its name; {@code tar_at_far} as {@code tar_at_far_1e-3} and so on, {@code collapsed} as 1
     * where it holds, 0 where not. NaN where a figure is not defined.
     */
    public Map<String, Double> byName() {
        Map<String, Double> named = new LinkedHashMap<>();
        named.put("genuine_pairs", (double) genuinePairs);
        named.put("impostor_pairs", (double) impostorPairs);
        named.put("collapsed", collapsed ? 1.0 : 0.0);
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
        return named;
    }

    /** pyeer's point, where it stands for the wanted FMR. */
    private static ErrorRates.Point fmr(ErrorRates rates, double wanted) {
        ErrorRates.Point nearest = rates.nearestTo(wanted);
        return rates.reaches(nearest, wanted) ? nearest : ErrorRates.Point.UNDEFINED;
    }

    /** NaN where nothing varies: a quotient by zero says nothing, however far the means lie apart. */
    private static double quotient(double dividend, double divisor) {
        return divisor > 0 ? dividend / divisor : Double.NaN;
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
