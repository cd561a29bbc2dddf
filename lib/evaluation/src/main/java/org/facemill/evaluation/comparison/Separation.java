package org.facemill.evaluation.comparison;

import java.util.List;
import java.util.function.LongConsumer;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.evaluation.metrics.SeparationMetrics;

/**
 * How well a set of identities is separated, as measured at one moment.
 *
 * @param identities number of identities
 * @param images number of their images
 * @param scores all scores, counted
 * @param metrics figures of these scores
 * @param likeness each identity's own figures, by ordinal
 */
public record Separation(
        int identities, int images, ScoreCounts scores, SeparationMetrics metrics, List<IdentityLikeness> likeness) {

    /**
     * What an accumulator holds now; counts what it has not counted yet.
     *
     * @param progress see {@link IdentitySeparation#countRound}
     * @throws IllegalArgumentException unless it is {@link IdentitySeparation#measurable()}
     */
    public static Separation of(IdentitySeparation accumulator, LongConsumer progress) {
        ScoreCounts scores = accumulator.scores(progress);
        return new Separation(
                accumulator.identities(),
                accumulator.images(),
                scores,
                SeparationMetrics.of(scores),
                accumulator.likeness());
    }

    /** As {@link #of(IdentitySeparation, LongConsumer)}, without progress. */
    public static Separation of(IdentitySeparation accumulator) {
        return of(accumulator, pairs -> {});
    }
}
