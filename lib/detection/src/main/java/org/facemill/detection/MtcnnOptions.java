package org.facemill.detection;

import org.facemill.contracts.recipe.run.Alignment;

/**
 * What the detector looks for.
 *
 * @param minFaceSize         side of the smallest face, in pixels; the image pyramid starts at 12 / minFaceSize
 * @param border              width of a border that repeats the image's edge, as a share of the image's shorter side: with it faces
 *                            that fill the image are found, which the networks were not trained on
 * @param proposalThreshold   score that P-Net must give, 0 to 1
 * @param refinementThreshold score that R-Net must give
 * @param outputThreshold     score that O-Net must give
 * @param scaleFactor         ratio of one level of the pyramid to the next larger one, above 0 and below 1
 * @param keepAll             all faces of an image, not only the largest
 */
public record MtcnnOptions(
        int minFaceSize,
        double border,
        float proposalThreshold,
        float refinementThreshold,
        float outputThreshold,
        double scaleFactor,
        boolean keepAll) {

    /** As facenet-pytorch has them, all faces. */
    public static final MtcnnOptions DEFAULT = new MtcnnOptions(20, 0, 0.6f, 0.7f, 0.7f, 0.709, true);

    public MtcnnOptions {
        if (minFaceSize < 1 || border < 0 || border > 1 || !(scaleFactor > 0 && scaleFactor < 1)) {
            throw new IllegalArgumentException("minFaceSize " + minFaceSize + " must be at least 1, border " + border
                    + " from 0 to 1, scaleFactor " + scaleFactor + " between 0 and 1");
        }
    }

    /** What a recipe asks for. */
    public static MtcnnOptions of(Alignment alignment) {
        return DEFAULT.withMinFaceSize(alignment.minFaceSize()).withBorder(alignment.border());
    }

    public MtcnnOptions withMinFaceSize(int pixels) {
        return new MtcnnOptions(
                pixels, border, proposalThreshold, refinementThreshold, outputThreshold, scaleFactor, keepAll);
    }

    public MtcnnOptions withBorder(double share) {
        return new MtcnnOptions(
                minFaceSize, share, proposalThreshold, refinementThreshold, outputThreshold, scaleFactor, keepAll);
    }
}
