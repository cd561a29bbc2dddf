package org.facemill.images.augment;

import java.util.random.RandomGenerator;
import org.facemill.images.RgbImage;

/**
 * RandAugment (Cubuk et al., 2020) as IDiff-Face draws it: each operation is uniform over the 13, its magnitude bin
 * uniform in 1 to {@code magnitude} (not the fixed bin of the paper), its sign a fair coin.
 *
 * @param operations how many are applied one after the other; the seeds use 4
 * @param magnitude  highest bin drawn, 1 to 30; the seeds use 16
 */
public record RandAugment(int operations, int magnitude) implements Augmentation {

    private static final Operation[] ALL = Operation.values();

    public RandAugment {
        if (operations < 1 || magnitude < 1 || magnitude > Operation.MAX_BIN) {
            throw new IllegalArgumentException("RandAugment(" + operations + ", " + magnitude
                    + "): wants at least one operation and a magnitude of 1 to " + Operation.MAX_BIN);
        }
    }

    @Override
    public RgbImage apply(RgbImage image, RandomGenerator random) {
        RgbImage result = image;
        for (int i = 0; i < operations; i++) {
            Operation operation = ALL[random.nextInt(ALL.length)];
            double value = operation.magnitude(1 + random.nextInt(magnitude), image.width());
            boolean negative = operation.signed() && random.nextBoolean();
            result = operation.apply(result, negative ? -value : value);
        }
        return result;
    }
}
