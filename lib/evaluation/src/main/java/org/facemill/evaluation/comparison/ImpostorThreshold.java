package org.facemill.evaluation.comparison;

import java.util.function.LongConsumer;
import org.facemill.evaluation.metrics.ScoreCounts;

/**
 * From which cosine on two images count as of one person, by how similar an encoder finds different people of a reference set.
 *
 * @param reference the set's name
 * @param pairs number of its impostor pairs
 * @param fmr share of them at the threshold or above
 * @param threshold a cosine
 */
public record ImpostorThreshold(String reference, long pairs, double fmr, double threshold) {

    /** A cosine that no two pictures have but copies of one, whatever a reference holds that has such copies itself. */
    private static final double COPIES = 0.9999;

    /**
     * The lowest threshold that at most a share of the impostor pairs reach; {@value #COPIES} at most.
     *
     * @param fmr the wanted share, 0 to 1
     * @param progress is given pairs compared since the last time
     * @throws IllegalArgumentException without two identities
     */
    public static ImpostorThreshold of(FaceSet reference, double fmr, LongConsumer progress) {
        if (reference.identities() < 2) {
            throw new IllegalArgumentException(
                    reference.name() + ": a threshold wants impostor pairs, of two identities at least");
        }
        try (IdentitySeparation separation = IdentitySeparation.of(reference)) {
            ScoreCounts counts = separation.scores(progress);
            return of(reference.name(), counts, fmr);
        }
    }

    static ImpostorThreshold of(String reference, ScoreCounts counts, double fmr) {
        long pairs = counts.impostorPairs();
        int passed = counts.scores().length;
        long above = 0;
        while (passed > 0 && above + counts.impostor()[passed - 1] <= fmr * pairs) {
            above += counts.impostor()[--passed];
        }
        double threshold = passed == 0 ? -1 : counts.scores()[passed - 1] + CosineHistogram.HALF_BIN;
        if (threshold <= COPIES) {
            return new ImpostorThreshold(reference, pairs, (double) above / pairs, threshold);
        }
        long copies = 0;
        for (int i = counts.scores().length - 1; i >= 0 && counts.scores()[i] >= COPIES; i--) {
            copies += counts.impostor()[i];
        }
        return new ImpostorThreshold(reference, pairs, (double) copies / pairs, COPIES);
    }
}
