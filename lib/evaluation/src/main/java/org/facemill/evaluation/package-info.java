/**
 * How good a face dataset or a face recogniser is. Knows embeddings and scores, neither pictures' recognisers nor Kafka.
 *
 * <ul>
 *   <li>{@link org.facemill.evaluation.metrics}: from scores to figures: error rates as pyeer computes them, k-fold accuracy;
 *   <li>{@link org.facemill.evaluation.comparison}: from embeddings to scores: all pairs, as matrix products;
 *   <li>{@link org.facemill.evaluation.report}: from figures to pages and tables.
 * </ul>
 *
 * <p>Imports torch, tensor-io, images and contracts (its JSON mapper). Start reading at
 * {@link org.facemill.evaluation.comparison.IdentitySeparation}, which takes embeddings identity by identity, and
 * {@link org.facemill.evaluation.metrics.SeparationMetrics}, what comes out.
 */
package org.facemill.evaluation;
