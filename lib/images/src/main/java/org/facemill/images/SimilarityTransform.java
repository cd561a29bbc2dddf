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

    public Point apply(Point point) {
        return new Point((float) (a * point.x() - b * point.y() + tx), (float) (b * point.x() + a * point.y() + ty));
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
        byte[] out = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            // 16 of 1024 is half a step of 1/32: the shift below then rounds to the nearest step
            long rowX = (long) Math.rint((-source.b * y + source.tx) * 1024) + 16;
            long rowY = (long) Math.rint((source.a * y + source.ty) * 1024) + 16;
            for (int x = 0; x < width; x++) {
                long sx = (rowX + (long) Math.rint(source.a * x * 1024)) >> 5;
                long sy = (rowY + (long) Math.rint(source.b * x * 1024)) >> 5;
                interpolate(image, sx, sy, out, (y * width + x) * 3);
            }
        }
        return new RgbImage(width, height, out);
    }

    /** One pixel at a source position given in 1/32 pixels. */
    private static void interpolate(RgbImage image, long x32, long y32, byte[] out, int at) {
        long x = x32 >> 5;
        long y = y32 >> 5;
        if (x < -1 || y < -1 || x >= image.width() || y >= image.height()) {
            return;
        }
        int fx = (int) (x32 & 31);
        int fy = (int) (y32 & 31);
        byte[] pixels = image.pixels();
        for (int c = 0; c < 3; c++) {
            int sum = (32 - fy) * ((32 - fx) * at(image, pixels, x, y, c) + fx * at(image, pixels, x + 1, y, c))
                    + fy * ((32 - fx) * at(image, pixels, x, y + 1, c) + fx * at(image, pixels, x + 1, y + 1, c));
            out[at + c] = (byte) ((sum + 512) >> 10);
        }
    }

    private static int at(RgbImage image, byte[] pixels, long x, long y, int channel) {
        boolean inside = x >= 0 && y >= 0 && x < image.width() && y < image.height();
        return inside ? pixels[(int) (y * image.width() + x) * 3 + channel] & 0xFF : 0;
    }
}
