package org.facemill.evaluation.report;

import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.evaluation.metrics.SeparationMetrics;

/**
 * Genuine and impostor scores of one kind of comparison.
 *
 * @param key by which programs find it, such as {@code real_synthetic}
 * @param title for people
 * @param note which pairs were compared, in a sentence
 * @param scores all of them
 * @param metrics their figures
 */
public record Comparison(String key, String title, String note, ScoreCounts scores, SeparationMetrics metrics) {

    public static Comparison of(String key, String title, String note, ScoreCounts scores) {
        return new Comparison(key, title, note, scores, SeparationMetrics.of(scores));
    }
}
