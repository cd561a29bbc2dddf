/**
 * From scores to figures: error rates and separation of genuine and impostor scores as pyeer computes them, k-fold
 * verification accuracy. Start at {@link org.facemill.evaluation.metrics.SeparationMetrics}.
 */
package org.facemill.evaluation.metrics;
