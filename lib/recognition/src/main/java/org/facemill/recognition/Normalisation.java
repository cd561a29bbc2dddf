package org.facemill.recognition;

import java.util.List;
import org.facemill.images.RgbImage;

/**
 * How pixels become a network's input: {@code (value - mean) / divisor}.
 *
 * @param red     mean of the red channel, 0 to 255
 * @param green   mean of the green channel
 * @param blue    mean of the blue channel
 * @param divisor of all three
 */
public record Normalisation(float red, float green, float blue, float divisor) {

    /** To [-1,1], as the IResNets and IR networks are trained. */
    public static final Normalisation UNIT = new Normalisation(127.5f, 127.5f, 127.5f, 127.5f);

    /** dlib's. */
    public static final Normalisation DLIB = new Normalisation(122.782f, 117.001f, 104.298f, 256);

    /**
     * The images as [N,3,size,size], row-major.
     *
     * @throws IllegalArgumentException if an image has another size
     */
    public float[] planar(List<RgbImage> images, int size) {
        int plane = size * size;
        float[] values = new float[images.size() * 3 * plane];
        for (int i = 0; i < images.size(); i++) {
            fill(images.get(i), size, values, i * 3 * plane);
        }
        return values;
    }

    private void fill(RgbImage image, int size, float[] values, int offset) {
        if (image.width() != size || image.height() != size) {
            throw new IllegalArgumentException("an image of " + image.width() + "x" + image.height()
                    + ", the network takes aligned faces of " + size + "x" + size + "; align it first");
        }
        byte[] pixels = image.pixels();
        int plane = size * size;
        for (int i = 0; i < plane; i++) {
            values[offset + i] = ((pixels[3 * i] & 255) - red) / divisor;
            values[offset + plane + i] = ((pixels[3 * i + 1] & 255) - green) / divisor;
            values[offset + 2 * plane + i] = ((pixels[3 * i + 2] & 255) - blue) / divisor;
        }
    }
}
