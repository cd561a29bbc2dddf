package org.facemill.evaluation;

/**
 * How alike an identity's images are, and how alike another identity is.
 *
 * @param ordinal the identity
 * @param images number of its images
 * @param genuineMean mean cosine of its genuine pairs; NaN for one image
 * @param nearest ordinal of the identity with the most similar mean embedding, the lowest of equals; -1 for none
 * @param nearestCosine cosine of the two mean embeddings; NaN for none
 */
public record IdentityLikeness(long ordinal, int images, double genuineMean, long nearest, double nearestCosine) {}
