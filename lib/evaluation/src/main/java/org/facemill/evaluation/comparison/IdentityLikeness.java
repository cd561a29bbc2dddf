package org.facemill.evaluation.comparison;

/**
 * How alike an identity's images are, and how alike another identity is.
 *
 * @param ordinal the identity
 * @param images number of its images
 * @param genuineMean mean cosine of its genuine pairs; NaN for one image
 * @param genuineMin smallest of the images' mean cosines to the identity's other images; NaN for one image
 * @param odd share of images whose mean cosine to the identity's other images is below the threshold of the EER; NaN for one
 * @param nearest ordinal of the identity with the most similar mean embedding, the lowest of equals; -1 for none
 * @param nearestCosine cosine of the two mean embeddings; NaN for none
 */
public record IdentityLikeness(
        long ordinal,
        int images,
        double genuineMean,
        double genuineMin,
        double odd,
        long nearest,
        double nearestCosine) {}
