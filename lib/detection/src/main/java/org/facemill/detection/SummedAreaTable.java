package org.facemill.detection;

import org.facemill.images.RgbImage;

/**
 * Sums over all rectangles that start at an image's corner (Crow, SIGGRAPH 1984), so that the mean of any rectangle takes four
 * look-ups: the detector resizes an image's regions many times, always by area. 12 bytes per pixel.
 */
final class SummedAreaTable {

    private static final int CHANNELS = 3;

    private final int width;
    private final int height;
    /** [height + 1][width + 1][3]; wraps around on large images, differences stay right up to 2^31 / 255 pixels. */
    private final int[] sums;

    /**
     * The table of an image with a border that repeats its edge.
     *
     * @param border width of the border in pixels, on each side
     */
    SummedAreaTable(RgbImage image, int border) {
        width = Math.addExact(image.width(), 2 * border);
        height = Math.addExact(image.height(), 2 * border);
        int stride = Math.multiplyExact(width + 1, CHANNELS);
        sums = new int[Math.multiplyExact(stride, height + 1)];
        byte[] pixels = image.pixels();
        for (int y = 0; y < height; y++) {
            int row = clamp(y - border, image.height()) * image.width();
            int red = 0;
            int green = 0;
            int blue = 0;
            int at = (y + 1) * stride + CHANNELS;
            for (int x = 0; x < width; x++, at += CHANNELS) {
                int pixel = (row + clamp(x - border, image.width())) * CHANNELS;
                red += pixels[pixel] & 0xFF;
                green += pixels[pixel + 1] & 0xFF;
                blue += pixels[pixel + 2] & 0xFF;
                sums[at] = sums[at - stride] + red;
                sums[at + 1] = sums[at + 1 - stride] + green;
                sums[at + 2] = sums[at + 2 - stride] + blue;
            }
        }
    }

    private static int clamp(int index, int length) {
        return Math.max(0, Math.min(index, length - 1));
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /**
     * Adaptive average pooling (torch's {@code interpolate} with mode "area"): cell i of n covers the pixels floor(i s / n) up to
     * ceil((i + 1) s / n) of a side of s; cells overlap where n does not divide s. Grey levels v become
     * (v - 127.5) / 128, the networks' input.
     *
     * @param region  what is pooled, inside the image
     * @param columns width of the pooled region
     * @param rows    height of the pooled region
     * @param strip   the pooled rows that are wanted
     * @param out     receives [3][strip.rows()][columns]
     * @param offset  where in {@code out}
     */
    void pool(Region region, int columns, int rows, Strip strip, float[] out, int offset) {
        int[] starts = new int[columns];
        int[] ends = new int[columns];
        for (int i = 0; i < columns; i++) {
            starts[i] = (region.left() + cellStart(i, region.width(), columns)) * CHANNELS;
            ends[i] = (region.left() + cellEnd(i, region.width(), columns)) * CHANNELS;
        }
        int stride = (width + 1) * CHANNELS;
        int plane = strip.rows() * columns;
        for (int row = 0; row < strip.rows(); row++) {
            int y1 = region.top() + cellStart(strip.first() + row, region.height(), rows);
            int y2 = region.top() + cellEnd(strip.first() + row, region.height(), rows);
            int above = y1 * stride;
            int below = y2 * stride;
            int at = offset + row * columns;
            for (int i = 0; i < columns; i++, at++) {
                int cells = (ends[i] - starts[i]) / CHANNELS * (y2 - y1);
                float scale = 1f / (cells * 128f);
                for (int c = 0; c < CHANNELS; c++) {
                    int sum = sums[below + ends[i] + c]
                            - sums[below + starts[i] + c]
                            - sums[above + ends[i] + c]
                            + sums[above + starts[i] + c];
                    out[at + c * plane] = sum * scale - 127.5f / 128f;
                }
            }
        }
    }

    /** Rows of a picture: the first one and how many. */
    record Strip(int first, int rows) {}

    private static int cellStart(int cell, int side, int cells) {
        return (int) ((long) cell * side / cells);
    }

    private static int cellEnd(int cell, int side, int cells) {
        return (int) (((long) (cell + 1) * side + cells - 1) / cells);
    }
}
