package org.facemill.recognition;

import org.facemill.images.RgbImage;

/**
 * Carries an aligned face from one template to another, so that a 112x112 crop of a dataset can be shown to a recogniser
 * that wants other chips. The transform is the similarity (rotation, scale, shift) that brings the five points of the
 * source template nearest to those of the target in the least-squares sense; sampling is bilinear, black outside.
 *
 * <p>Where the original picture is at hand, aligning it straight to the recogniser's own template is better: a crop has
 * lost what lies outside it.
 */
public final class ChipTransform {

    private final int sourceSize;
    private final int targetSize;
    /** From target to source: {@code x' = a x - b y + c, y' = b x + a y + d}. */
    private final double a;
    private final double b;
    private final double c;
    private final double d;

    /** The transform from one template to another. */
    public ChipTransform(FacePoints source, FacePoints target) {
        sourceSize = source.size();
        targetSize = target.size();
        double sourceX = source.points().stream().mapToDouble(FacePoints.Point::x).average().orElseThrow();
        double sourceY = source.points().stream().mapToDouble(FacePoints.Point::y).average().orElseThrow();
        double targetX = target.points().stream().mapToDouble(FacePoints.Point::x).average().orElseThrow();
        double targetY = target.points().stream().mapToDouble(FacePoints.Point::y).average().orElseThrow();
        double dot = 0;
        double cross = 0;
        double square = 0;
        for (int i = 0; i < source.points().size(); i++) {
            double x = target.points().get(i).x() - targetX;
            double y = target.points().get(i).y() - targetY;
            double u = source.points().get(i).x() - sourceX;
            double v = source.points().get(i).y() - sourceY;
            dot += x * u + y * v;
            cross += x * v - y * u;
            square += x * x + y * y;
        }
        a = dot / square;
        b = cross / square;
        c = sourceX - a * targetX + b * targetY;
        d = sourceY - b * targetX - a * targetY;
    }

    /**
     * The chip at the target's size.
     *
     * @throws IllegalArgumentException if the image has not the source's size
     */
    public RgbImage apply(RgbImage image) {
        if (image.width() != sourceSize || image.height() != sourceSize) {
            throw new IllegalArgumentException("an image of " + image.width() + "x" + image.height()
                    + ", expected an aligned face of " + sourceSize + "x" + sourceSize + "; align it first");
        }
        byte[] out = new byte[targetSize * targetSize * 3];
        for (int y = 0, to = 0; y < targetSize; y++) {
            for (int x = 0; x < targetSize; x++, to += 3) {
                sample(image, a * x - b * y + c, b * x + a * y + d, out, to);
            }
        }
        return new RgbImage(targetSize, targetSize, out);
    }

    private void sample(RgbImage image, double x, double y, byte[] out, int to) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double right = x - left;
        double bottom = y - top;
        for (int channel = 0; channel < 3; channel++) {
            double upper = (1 - right) * value(image, left, top, channel) + right * value(image, left + 1, top, channel);
            double lower = (1 - right) * value(image, left, top + 1, channel)
                    + right * value(image, left + 1, top + 1, channel);
            out[to + channel] = (byte) (int) ((1 - bottom) * upper + bottom * lower + 0.5);
        }
    }

    private int value(RgbImage image, int x, int y, int channel) {
        boolean inside = x >= 0 && x < sourceSize && y >= 0 && y < sourceSize;
        return inside ? image.rgb(x, y, channel) : 0;
    }
}
