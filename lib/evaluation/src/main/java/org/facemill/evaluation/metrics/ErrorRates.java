package org.facemill.evaluation.metrics;

/**
 * False match and false non-match rates over every threshold that matters, as pyeer defines them: a pair is accepted if
 * its score is at least the threshold, so FMR(t) is the share of impostor scores {@code >= t} and FNMR(t) the share of
 * genuine scores {@code < t}.
 *
 * @param thresholds the scores that occurred, rising
 * @param fmr false match rate at each threshold, 0..1, falling
 * @param fnmr false non-match rate at each threshold, 0..1, rising
 * @param impostorPairs number of impostor pairs, the resolution of FMR
 */
public record ErrorRates(double[] thresholds, double[] fmr, double[] fnmr, long impostorPairs) {

    private static final double COLLAPSED_RANGE = 0.01;
    private static final double COLLAPSED_ERROR = 0.25;
    private static final double ROUNDING = 1e-12;

    /** A threshold and the two error rates there. */
    public record Point(double threshold, double fmr, double fnmr) {

        /** A point that there is not. */
        static final Point UNDEFINED = new Point(Double.NaN, Double.NaN, Double.NaN);
    }

    /** Where no score is accepted: beyond every threshold that occurred. */
    private static final Point NONE_ACCEPTED = new Point(Double.POSITIVE_INFINITY, 0, 1);

    /**
     * Rates of counted scores.
     *
     * @throws IllegalArgumentException without at least one genuine and one impostor pair
     */
    public static ErrorRates of(ScoreCounts counts) {
        long genuinePairs = counts.genuinePairs();
        long impostorPairs = counts.impostorPairs();
        if (genuinePairs == 0 || impostorPairs == 0) {
            throw new IllegalArgumentException(
                    ("error rates want genuine and impostor pairs, there are %d and %d; give two "
                                    + "identities, one of them with two images")
                            .formatted(genuinePairs, impostorPairs));
        }
        int n = counts.scores().length;
        double[] fmr = new double[n];
        double[] fnmr = new double[n];
        long genuineBelow = 0;
        long impostorsBelow = 0;
        for (int i = 0; i < n; i++) {
            fmr[i] = (double) (impostorPairs - impostorsBelow) / impostorPairs;
            fnmr[i] = (double) genuineBelow / genuinePairs;
            genuineBelow += counts.genuine()[i];
            impostorsBelow += counts.impostor()[i];
        }
        return new ErrorRates(counts.scores(), fmr, fnmr, impostorPairs);
    }

    /** Where both rates are nearest to each other: the point of the two around their crossing with the smaller sum. */
    public Point equalError() {
        int crossing = 0;
        while (crossing < fmr.length && fmr[crossing] > fnmr[crossing]) {
            crossing++;
        }
        Point after = crossing == fmr.length ? NONE_ACCEPTED : at(crossing);
        if (crossing == 0 || after.fmr() == after.fnmr()) {
            return after;
        }
        Point before = at(crossing - 1);
        return before.fmr() + before.fnmr() <= after.fmr() + after.fnmr() ? before : after;
    }

    /** The lowest threshold whose FMR is nearest to the wanted one; pyeer's FMR100 is its FNMR for 0.01. */
    public Point nearestTo(double wantedFmr) {
        int best = 0;
        for (int i = 1; i < fmr.length; i++) {
            if (Math.abs(fmr[i] - wantedFmr) < Math.abs(fmr[best] - wantedFmr)) {
                best = i;
            }
        }
        return at(best);
    }

    /**
     * Whether a point's FMR stands for the wanted one: it is no further above it than the wanted rate itself or one impostor
     * pair. Where many impostor pairs share the highest scores no threshold comes nearer.
     */
    public boolean reaches(Point point, double wantedFmr) {
        return point.fmr() <= wantedFmr + Math.max(wantedFmr, 1.0 / impostorPairs) + ROUNDING;
    }

    /**
     * Whether no threshold can tell the two kinds apart: all scores are the same, or a hundredth of the impostor pairs and
     * more has the highest score of all, as where the pictures of different identities are the same picture; or all scores
     * lie within {@value #COLLAPSED_RANGE} of each other and do not part.
     */
    public boolean collapsed() {
        int last = thresholds.length - 1;
        double range = thresholds[last] - thresholds[0];
        return range == 0 || !reaches(at(last), 0.01) || range <= COLLAPSED_RANGE && equalErrorRate() > COLLAPSED_ERROR;
    }

    /** Whether FNMR reaches FMR at a score that occurred. */
    boolean crosses() {
        int last = thresholds.length - 1;
        return fmr[last] <= fnmr[last];
    }

    /** Mean of both rates at {@link #equalError()}. */
    public double equalErrorRate() {
        Point point = equalError();
        return (point.fmr() + point.fnmr()) / 2;
    }

    /** The lowest threshold at which no impostor is accepted. */
    public Point zeroFmr() {
        for (int i = 0; i < fmr.length; i++) {
            if (fmr[i] == 0) {
                return at(i);
            }
        }
        return NONE_ACCEPTED;
    }

    /**
     * TAR@FAR: the highest true accept rate whose false accept rate is at most the wanted one. The threshold is the
     * {@code floor(far * impostors) + 1}-th highest impostor score, and scores must exceed it.
     */
    public double tarAtFar(double far) {
        // a FAR that is a whole number of impostor pairs must not be missed by the rounding of 30 / 300
        double limit = far * (1 + 1e-12);
        for (int i = 0; i < fmr.length; i++) {
            if (fmr[i] <= limit) {
                return 1 - fnmr[i];
            }
        }
        return 0;
    }

    /** Area under the ROC curve: the chance that a genuine score exceeds an impostor's, ties counted half. */
    public double auc() {
        double area = 0;
        for (int i = fmr.length - 1; i >= 0; i--) {
            Point strict = i + 1 < fmr.length ? at(i + 1) : NONE_ACCEPTED;
            area += (fmr[i] - strict.fmr()) * (2 - fnmr[i] - strict.fnmr()) / 2;
        }
        return area;
    }

    private Point at(int i) {
        return new Point(thresholds[i], fmr[i], fnmr[i]);
    }
}
