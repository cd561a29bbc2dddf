package org.facemill.evaluation;

/**
 * A recogniser's result on one verification set.
 *
 * @param name the set, such as {@code lfw}
 * @param pairs number of its pairs
 * @param result accuracy and error rates
 */
public record Benchmark(String name, int pairs, PairVerification result) {
}
