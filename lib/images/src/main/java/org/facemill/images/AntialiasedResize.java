package org.facemill.images;

/**
 * Bilinear resizing as Pillow does it ({@code Image.resize} with {@code BILINEAR}; {@code torchvision.transforms.Resize} on
 * PIL images): where a picture shrinks, the triangle grows with it, so that every pixel counts. Two passes, rows first, in
 * fixed-point arithmetic; what is between them is rounded to 8 bits.
 */
final class AntialiasedResize {

    /** Of weights: sums of products with 8-bit samples stay within 32 bits. */
    private static final int FRACTION_BITS = 32 - 8 - 2;

    private static final int HALF = 1 << FRACTION_BITS - 1;

    private AntialiasedResize() {}

    static RgbImage of(RgbImage image, int width, int height) {
        RgbImage narrowed = width == image.width() ? image : resizeRows(image, width);
        return height == narrowed.height() ? narrowed : resizeColumns(narrowed, height);
    }

    private static RgbImage resizeRows(RgbImage image, int width) {
        Taps taps = Taps.of(image.width(), width);
        byte[] in = image.pixels();
        byte[] out = new byte[width * image.height() * 3];
        for (int y = 0, o = 0; y < image.height(); y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++, o++) {
                    int from = (y * image.width() + taps.first[x]) * 3 + c;
                    out[o] = weighted(in, from, 3, taps.weights[x]);
                }
            }
        }
        return new RgbImage(width, image.height(), out);
    }

    private static RgbImage resizeColumns(RgbImage image, int height) {
        int row = image.width() * 3;
        Taps taps = Taps.of(image.height(), height);
        byte[] in = image.pixels();
        byte[] out = new byte[row * height];
        for (int y = 0, o = 0; y < height; y++) {
            for (int x = 0; x < row; x++, o++) {
                out[o] = weighted(in, taps.first[y] * row + x, row, taps.weights[y]);
            }
        }
        return new RgbImage(image.width(), height, out);
    }

    private static byte weighted(byte[] samples, int from, int step, int[] weights) {
        int sum = HALF;
        for (int i = 0, at = from; i < weights.length; i++, at += step) {
            sum += (samples[at] & 0xFF) * weights[i];
        }
        return (byte) Math.max(0, Math.min(255, sum >> FRACTION_BITS));
    }

    /** For each index of the result the first one of the input that counts, and the weights from there on. */
    private record Taps(int[] first, int[][] weights) {

        static Taps of(int in, int out) {
            Taps taps = new Taps(new int[out], new int[out][]);
            double scale = (double) in / out;
            double radius = Math.max(1, scale);
            for (int i = 0; i < out; i++) {
                double center = (i + 0.5) * scale;
                int first = Math.max(0, (int) (center - radius + 0.5));
                int end = Math.min(in, (int) (center + radius + 0.5));
                taps.first[i] = first;
                taps.weights[i] = weights(first, end, center, radius);
            }
            return taps;
        }

        /** Heights of a triangle around {@code center} at {@code first} to {@code end - 1}, scaled to the sum 1. */
        private static int[] weights(int first, int end, double center, double radius) {
            int count = end - first;
            double[] heights = new double[count];
            double sum = 0;
            for (int k = 0; k < count; k++) {
                heights[k] = Math.max(0, 1 - Math.abs((k + first - center + 0.5) * (1 / radius)));
                sum += heights[k];
            }
            int[] weights = new int[count];
            for (int k = 0; k < count; k++) {
                weights[k] = (int) (0.5 + heights[k] / sum * (1 << FRACTION_BITS));
            }
            return weights;
        }
    }
}
