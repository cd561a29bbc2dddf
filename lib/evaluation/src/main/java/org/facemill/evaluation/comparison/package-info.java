/**
 * From embeddings to scores: identities against each other, against other sets, and their nearest neighbours, over all pairs
 * by {@link org.facemill.evaluation.comparison.PairwiseScores matrix products}. Start at
 * {@link org.facemill.evaluation.comparison.IdentitySeparation}.
 */
package org.facemill.evaluation.comparison;
