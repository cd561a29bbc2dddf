package org.facemill.images.augment;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.facemill.images.RgbImage;

/**
 * The pixel operations behind {@link Operation}, with Pillow's arithmetic (its {@code ImageOps}, {@code ImageEnhance}
 * and affine transform), which the published recognisers were trained with. Every method returns a new image of the
 * same size and leaves its input alone.
 */
final class ImageOps {

    private static final int LEVELS = 256;

    private ImageOps() {}

    /** Rec. 601 luma in 16-bit fixed point, as Pillow's conversion to mode "L". */
    static int luma(int red, int green, int blue) {
        return red * 19595 + green * 38470 + blue * 7471 + 0x8000 >> 16;
    }

    static RgbImage grayscale(RgbImage image) {
        byte[] in = image.pixels();
        byte[] out = new byte[in.length];
        for (int i = 0; i < in.length; i += 3) {
            byte grey = (byte) luma(in[i] & 255, in[i + 1] & 255, in[i + 2] & 255);
            Arrays.fill(out, i, i + 3, grey);
        }
        return new RgbImage(image.width(), image.height(), out);
    }

    /** Moves away from black: a factor of 1 is the image itself. */
    static RgbImage brightness(RgbImage image, double factor) {
        return blend(new RgbImage(image.width(), image.height(), new byte[image.pixels().length]), image, factor);
    }

    /** Moves away from the grey image: a factor of 1 is the image itself. */
    static RgbImage saturation(RgbImage image, double factor) {
        return blend(grayscale(image), image, factor);
    }

    /** Moves away from the mean luma: a factor of 1 is the image itself. */
    static RgbImage contrast(RgbImage image, double factor) {
        byte[] in = image.pixels();
        long sum = 0;
        for (int i = 0; i < in.length; i += 3) {
            sum += luma(in[i] & 255, in[i + 1] & 255, in[i + 2] & 255);
        }
        byte[] mean = new byte[in.length];
        Arrays.fill(mean, (byte) (int) ((double) sum / (in.length / 3) + 0.5));
        return blend(new RgbImage(image.width(), image.height(), mean), image, factor);
    }

    /** Moves away from the smoothed image: a factor of 1 is the image itself. */
    static RgbImage sharpness(RgbImage image, double factor) {
        return blend(smooth(image), image, factor);
    }

    /** Keeps the upper {@code bits} of each value. */
    static RgbImage posterize(RgbImage image, int bits) {
        int mask = -(1 << 8 - bits);
        return map(image, value -> value & mask);
    }

    /** Inverts every value at or above the threshold. */
    static RgbImage solarize(RgbImage image, double threshold) {
        return map(image, value -> value < threshold ? value : 255 - value);
    }

    /** Stretches each channel to 0..255. */
    static RgbImage autoContrast(RgbImage image) {
        byte[] out = image.pixels().clone();
        for (int channel = 0; channel < 3; channel++) {
            int[] histogram = histogram(image, channel);
            int low = 0;
            while (histogram[low] == 0) {
                low++;
            }
            int high = LEVELS - 1;
            while (histogram[high] == 0) {
                high--;
            }
            if (high > low) {
                double scale = 255.0 / (high - low);
                double offset = -low * scale;
                apply(out, channel, value -> clip((int) (value * scale + offset)));
            }
        }
        return new RgbImage(image.width(), image.height(), out);
    }

    /** Histogram equalisation of each channel. */
    static RgbImage equalize(RgbImage image) {
        byte[] out = image.pixels().clone();
        for (int channel = 0; channel < 3; channel++) {
            int[] histogram = histogram(image, channel);
            int total = image.width() * image.height();
            int last = LEVELS - 1;
            while (histogram[last] == 0) {
                last--;
            }
            int step = (total - histogram[last]) / 255;
            if (step > 0) {
                int[] table = new int[LEVELS];
                int seen = step / 2;
                for (int level = 0; level < LEVELS; level++) {
                    table[level] = clip(seen / step);
                    seen += histogram[level];
                }
                apply(out, channel, value -> table[value]);
            }
        }
        return new RgbImage(image.width(), image.height(), out);
    }

    /**
     * Nearest-neighbour affine transform; what falls outside is black. {@code inverse} maps output pixels to input
     * pixels: {@code xIn = a x + b y + c, yIn = d x + e y + f}, in the 16.16 fixed point of Pillow, whose rounding decides
     * which neighbour is the nearest.
     */
    static RgbImage affine(RgbImage image, double a, double b, double c, double d, double e, double f) {
        int width = image.width();
        int height = image.height();
        byte[] in = image.pixels();
        byte[] out = new byte[in.length];
        int stepX = fixed(a);
        int stepY = fixed(d);
        int rowX = fixed(c + a * 0.5 + b * 0.5);
        int rowY = fixed(f + d * 0.5 + e * 0.5);
        for (int y = 0, to = 0; y < height; y++, rowX += fixed(b), rowY += fixed(e)) {
            int fixedX = rowX;
            int fixedY = rowY;
            for (int x = 0; x < width; x++, to += 3, fixedX += stepX, fixedY += stepY) {
                int xIn = fixedX >> 16;
                int yIn = fixedY >> 16;
                if (xIn >= 0 && xIn < width && yIn >= 0 && yIn < height) {
                    System.arraycopy(in, (yIn * width + xIn) * 3, out, to, 3);
                }
            }
        }
        return new RgbImage(width, height, out);
    }

    private static int fixed(double value) {
        return (int) Math.floor(value * 65536.0 + 0.5);
    }

    /** {@code from + factor * (to - from)}, truncated; factors beyond 0..1 extrapolate and are clipped. */
    private static RgbImage blend(RgbImage from, RgbImage to, double factor) {
        float alpha = (float) factor;
        byte[] first = from.pixels();
        byte[] second = to.pixels();
        byte[] out = new byte[first.length];
        for (int i = 0; i < out.length; i++) {
            int start = first[i] & 255;
            out[i] = (byte) clip((int) (start + alpha * ((second[i] & 255) - start)));
        }
        return new RgbImage(from.width(), from.height(), out);
    }

    /** 3x3 kernel of ones with 5 in the middle, over 13; the outermost pixels are copied. */
    private static RgbImage smooth(RgbImage image) {
        int width = image.width();
        int height = image.height();
        byte[] in = image.pixels();
        byte[] out = in.clone();
        for (int y = 1; y < height - 1; y++) {
            for (int i = (y * width + 1) * 3; i < (y * width + width - 1) * 3; i++) {
                int sum = 4 * (in[i] & 255);
                for (int row = i - width * 3; row <= i + width * 3; row += width * 3) {
                    sum += (in[row - 3] & 255) + (in[row] & 255) + (in[row + 3] & 255);
                }
                out[i] = (byte) (int) (sum / 13.0 + 0.5);
            }
        }
        return new RgbImage(width, height, out);
    }

    private static RgbImage map(RgbImage image, IntUnaryOperator operator) {
        byte[] out = image.pixels().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) operator.applyAsInt(out[i] & 255);
        }
        return new RgbImage(image.width(), image.height(), out);
    }

    private static void apply(byte[] pixels, int channel, IntUnaryOperator operator) {
        for (int i = channel; i < pixels.length; i += 3) {
            pixels[i] = (byte) operator.applyAsInt(pixels[i] & 255);
        }
    }

    private static int[] histogram(RgbImage image, int channel) {
        int[] counts = new int[LEVELS];
        byte[] pixels = image.pixels();
        for (int i = channel; i < pixels.length; i += 3) {
            counts[pixels[i] & 255]++;
        }
        return counts;
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
