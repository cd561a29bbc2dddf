package org.facemill.images;

import java.util.List;

/**
 * Rotation, uniform scale and translation of the plane: x' = a x - b y + tx, y' = b x + a y + ty.
 *
 * @param a  scale times the cosine of the angle
 * @param b  scale times the sine of the angle
 * @param tx translation, pixels
 * @param ty translation, pixels
 */
public record SimilarityTransform(double a, double b, double tx, double ty) {

    /**
     * The similarity that brings {@code from} nearest to {@code to} in the least-squares sense, reflections excluded
     * (Umeyama, PAMI 1991, equations 40 to 42). In the plane the decomposition has a closed form: with centred points the best
     * rotation and scale together are the complex number sum(conj(from) to) / sum |from|^2.
     *
     * @param from at least two points that do not all coincide
     * @param to   as many points
     * @throws IllegalArgumentException where the numbers differ, or {@code from} has no extent
     */
    public static SimilarityTransform estimate(List<Point> from, List<Point> to) {
        if (from.size() != to.size()) {
            throw new IllegalArgumentException(from.size() + " points cannot be laid on " + to.size());
        }
        double fx = from.stream().mapToDouble(Point::x).average().orElseThrow();
        double fy = from.stream().mapToDouble(Point::y).average().orElseThrow();
        double gx = to.stream().mapToDouble(Point::x).average().orElseThrow();
        double gy = to.stream().mapToDouble(Point::y).average().orElseThrow();
        double real = 0;
        double imaginary = 0;
        double extent = 0;
        for (int i = 0; i < from.size(); i++) {
            double x = from.get(i).x() - fx;
            double y = from.get(i).y() - fy;
            double u = to.get(i).x() - gx;
            double v = to.get(i).y() - gy;
            real += x * u + y * v;
            imaginary += x * v - y * u;
            extent += x * x + y * y;
        }
        if (!(extent > 0)) {
            throw new IllegalArgumentException("points that coincide define no similarity: " + from);
        }
        double a = real / extent;
        double b = imaginary / extent;
        return new SimilarityTransform(a, b, gx - (a * fx - b * fy), gy - (b * fx + a * fy));
    }

    /** The way back; a similarity of scale 0 has none. */
    public SimilarityTransform inverse() {
        double square = a * a + b * b;
        if (!(square > 0)) {
            throw new IllegalArgumentException("a similarity of scale 0 has no inverse");
        }
        double ia = a / square;
        double ib = -b / square;
        return new SimilarityTransform(ia, ib, -(ia * tx - ib * ty), -(ib * tx + ia * ty));
    }

    /**
     * The image as seen through this transform: bilinear, 0 outside, rounded half up.
     *
     * <p>The rounding of coordinates is that of OpenCV 4's {@code cv2.warpAffine} on float images, with which the
     * original aligned: source coordinates are rounded to 1/1024 and then to 1/32 of a pixel. (OpenCV 5 does not round them;
     * the two differ by up to 4 grey levels.)
     *
     * @param image  source
     * @param width  of the result
     * @param height of the result
     */
    public RgbImage warp(RgbImage image, int width, int height) {
        SimilarityTransform source = inverse();
        long[] columnX = new long[width];
        long[] columnY = new long[width];
        for (int x = 0; x < width; x++) {
            columnX[x] = (long) Math.rint(source.a * x * 1024);
            columnY[x] = (long) Math.rint(source.b * x * 1024);
        }
        byte[] out = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            // 16 of 1024 is half a step of 1/32: the shift below then rounds to the nearest step
            long rowX = (long) Math.rint((-source.b * y + source.tx) * 1024) + 16;
            long rowY = (long) Math.rint((source.a * y + source.ty) * 1024) + 16;
            for (int x = 0; x < width; x++) {
                interpolate(image, (rowX + columnX[x]) >> 5, (rowY + columnY[x]) >> 5, out, (y * width + x) * 3);
            }
        }
        return new RgbImage(width, height, out);
    }

    /** One pixel at a source position given in 1/32 pixels. */
    private static void interpolate(RgbImage image, long x32, long y32, byte[] out, int to) {
        long x = x32 >> 5;
        long y = y32 >> 5;
        if (x < -1 || y < -1 || x >= image.width() || y >= image.height()) {
            return;
        }
        int right = (int) (x32 & 31);
        int lower = (int) (y32 & 31);
        int left = x < 0 ? 0 : 32 - right;
        int upper = y < 0 ? 0 : 32 - lower;
        right = x + 1 < image.width() ? right : 0;
        lower = y + 1 < image.height() ? lower : 0;
        // a neighbour outside has weight 0; its place is taken by one inside
        int stride = image.width() * 3;
        int above = (int) Math.max(0, y) * stride + (int) Math.max(0, x) * 3;
        int below = above + (y < 0 || y + 1 >= image.height() ? 0 : stride);
        int next = x < 0 || x + 1 >= image.width() ? 0 : 3;
        byte[] pixels = image.pixels();
        for (int c = 0; c < 3; c++) {
            int sum = upper * (left * (pixels[above + c] & 0xFF) + right * (pixels[above + next + c] & 0xFF))
                    + lower * (left * (pixels[below + c] & 0xFF) + right * (pixels[below + next + c] & 0xFF));
            out[to + c] = (byte) ((sum + 512) >> 10);
        }
    }
}
