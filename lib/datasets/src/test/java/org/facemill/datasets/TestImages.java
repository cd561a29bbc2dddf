package org.facemill.datasets;

import org.facemill.images.Images;
import org.facemill.images.RgbImage;

/** Small whole pictures. */
final class TestImages {

    private TestImages() {}

    /** A PNG of one colour, another for another number. */
    static byte[] png(int width, int height, int number) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (number * (i % 3 * 50 + 7));
        }
        return Images.png(new RgbImage(width, height, pixels));
    }

    static byte[] png(int number) {
        return png(8, 8, number);
    }
}
