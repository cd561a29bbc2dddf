package org.facemill.datasets;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.facemill.contracts.Noise;
import org.facemill.contracts.recipe.run.CopyKind;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.images.augment.Augmentation;
import org.facemill.images.augment.RandAugment;

/**
 * Further copies of each identity's first image, as ADMIS oversamples the face that an identity was made from.
 *
 * @param copies of each identity's first image, 0 for none
 * @param kind   what they are
 * @param seed   of the run; with it, the identity's ordinal and the copy's number an augmented copy is always the same
 */
public record Oversampling(int copies, CopyKind kind, long seed) {

    public static final Oversampling NONE = new Oversampling(0, CopyKind.IDENTICAL, 0);

    private static final Augmentation CHANGE = Augmentation.horizontalFlip(0.5).then(new RandAugment(4, 16));

    /**
     * The copies, encoded.
     *
     * @param ordinal of the identity in its run
     * @param first   its first image, encoded
     * @throws org.facemill.images.ImageException if it is to be changed and cannot be decoded
     */
    List<byte[]> of(long ordinal, byte[] first) {
        return switch (kind) {
            case IDENTICAL -> Collections.nCopies(copies, first);
            case AUGMENTED -> {
                RgbImage image = Images.decode(first, "first image of identity " + ordinal, Limits.DEFAULT);
                yield IntStream.range(0, copies)
                        .mapToObj(copy -> Images.png(CHANGE.apply(image, random(ordinal, copy))))
                        .toList();
            }
        };
    }

    /** The two numbers that the copy's coordinates have in the noise make the generator's seed. */
    private RandomGenerator random(long ordinal, int copy) {
        double[] drawn = new double[2];
        Noise.uniform(seed, ordinal, copy, Noise.COPY_TRAITS, drawn);
        return new SplittableRandom((long) (drawn[0] * 0x1p32) << 32 | (long) (drawn[1] * 0x1p32));
    }
}
