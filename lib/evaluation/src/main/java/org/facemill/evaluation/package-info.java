/**
 * How good a face dataset or a face recogniser is: error rates and separation of genuine and impostor scores as pyeer
 * computes them, k-fold verification accuracy, and the reports that show them. Knows embeddings and scores, neither
 * models nor Kafka.
 *
 * <p>Imports tensor-io and images. Start reading at {@link org.facemill.evaluation.IdentitySeparation}, which takes
 * embeddings identity by identity, and {@link org.facemill.evaluation.SeparationMetrics}, what comes out.
 */
package org.facemill.evaluation;
