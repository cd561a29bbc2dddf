package org.facemill.diffusion.training;

import org.facemill.images.RgbImage;

/** Square pictures of one size with the contexts of those whom they show, by index. Safe for many threads. */
public interface ImageSet {

    int size();

    RgbImage image(int index);

    /** The context of whom picture {@code index} shows; empty without. */
    float[] context(int index);
}
