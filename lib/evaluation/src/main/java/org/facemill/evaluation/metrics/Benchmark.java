package org.facemill.evaluation.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A recogniser's result on one verification set.
 *
 * @param name the set, such as {@code lfw}
 * @param pairs number of its pairs
 * @param result accuracy and error rates
 */
public record Benchmark(String name, int pairs, PairVerification result) {

    /**
     * The figures that name a recogniser's quality: {@code accuracy}, {@code accuracy_std}, {@code eer}, {@code auc}; without
     * those that are not defined.
     */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", result.accuracy());
        metrics.put("accuracy_std", result.accuracyStd());
        metrics.put("eer", result.separation().eer());
        metrics.put("auc", result.separation().auc());
        metrics.values().removeIf(figure -> !Double.isFinite(figure));
        return metrics;
    }
}
