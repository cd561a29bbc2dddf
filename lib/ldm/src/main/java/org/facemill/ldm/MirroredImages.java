package org.facemill.ldm;

import org.facemill.diffusion.training.ImageSet;
import org.facemill.images.RgbImage;

/** Pictures, then the same mirrored: what a horizontal flip with probability one half shows in two epochs. */
record MirroredImages(ImageSet images) implements ImageSet {

    @Override
    public int size() {
        return 2 * images.size();
    }

    @Override
    public RgbImage image(int index) {
        RgbImage image = images.image(index % images.size());
        return index < images.size() ? image : image.flipped();
    }

    /** That of the picture as it is, as the original has it. */
    @Override
    public float[] context(int index) {
        return images.context(index % images.size());
    }
}
