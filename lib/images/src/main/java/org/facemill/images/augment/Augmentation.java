package org.facemill.images.augment;

import java.util.random.RandomGenerator;
import org.facemill.images.RgbImage;

/**
 * A random change of an image for training. The result depends on the image and the generator alone, so that a resumed training
 * sees what an uninterrupted one would have seen. Implementations are immutable and may be shared between threads.
 */
@FunctionalInterface
public interface Augmentation {

    /** The changed image, of the same size; {@code image} itself is left alone. */
    RgbImage apply(RgbImage image, RandomGenerator random);

    /** This one, then the other. */
    default Augmentation then(Augmentation next) {
        return (image, random) -> next.apply(apply(image, random), random);
    }

    /** Mirrored left to right with the given probability; both seeds use 0.5. */
    static Augmentation horizontalFlip(double probability) {
        return (image, random) -> random.nextDouble() < probability ? image.flipped() : image;
    }
}
