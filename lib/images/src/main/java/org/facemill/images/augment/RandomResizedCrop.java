package org.facemill.images.augment;

import java.util.random.RandomGenerator;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;

/**
 * With some probability a random part of the image, scaled back to the image's size, as ADMIS trains
 * ({@code base_task.py}: probability 0.2, area 0.2 to 1, aspect ratio 3/4 to 4/3 drawn log-uniformly; ten tries, then the
 * whole image).
 *
 * @param probability of cropping at all, 0 to 1
 */
public record RandomResizedCrop(double probability) implements Augmentation {

    private static final double MIN_AREA = 0.2;
    private static final double MAX_ASPECT = 4.0 / 3.0;
    private static final int TRIES = 10;

    @Override
    public RgbImage apply(RgbImage image, RandomGenerator random) {
        if (random.nextDouble() >= probability) {
            return image;
        }
        int width = image.width();
        int height = image.height();
        for (int i = 0; i < TRIES; i++) {
            double area = width * height * random.nextDouble(MIN_AREA, 1);
            double aspect = Math.exp(random.nextDouble(-Math.log(MAX_ASPECT), Math.log(MAX_ASPECT)));
            int cropWidth = (int) Math.rint(Math.sqrt(area * aspect));
            int cropHeight = (int) Math.rint(Math.sqrt(area / aspect));
            if (cropWidth >= 1 && cropWidth <= width && cropHeight >= 1 && cropHeight <= height) {
                int x = random.nextInt(width - cropWidth + 1);
                int y = random.nextInt(height - cropHeight + 1);
                return Images.resizeAntialiased(image.crop(x, y, cropWidth, cropHeight), width, height);
            }
        }
        return image;
    }
}
