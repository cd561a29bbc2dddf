package org.facemill.evaluation;

import java.util.List;

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
     * What an accumulator holds now.
     *
     * @throws IllegalArgumentException unless it is {@link IdentitySeparation#measurable()}
     */
    public static Separation of(IdentitySeparation accumulator) {
        ScoreCounts scores = accumulator.scores();
        return new Separation(
                accumulator.identities(),
                accumulator.images(),
                scores,
                SeparationMetrics.of(scores),
                accumulator.likeness());
    }
}
