package org.facemill.evaluation.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facemill.evaluation.metrics.Benchmark;

/**
 * How good the recogniser is that was trained on a version of a dataset: a point of the curve of accuracy against number of
 * identities.
 *
 * @param version of the dataset, from 1
 * @param identities that it was trained on
 * @param accuracy 0 to 1, by verification set
 */
public record TrainedVersion(int version, int identities, Map<String, Double> accuracy) {

    public TrainedVersion {
        accuracy = Collections.unmodifiableMap(new LinkedHashMap<>(accuracy));
    }

    public static TrainedVersion of(int version, int identities, List<Benchmark> benchmarks) {
        Map<String, Double> accuracy = new LinkedHashMap<>();
        benchmarks.forEach(
                benchmark -> accuracy.put(benchmark.name(), benchmark.result().accuracy()));
        return new TrainedVersion(version, identities, accuracy);
    }
}
