package org.facemill.recognition;

import java.util.List;

/**
 * Where the five points of an aligned face lie in a square image: left eye, right eye, nose tip, left and right corner of
 * the mouth ("left" as seen in the picture).
 *
 * @param size   side of the image in pixels
 * @param points five pairs of x, y in pixels, pixel centres at whole numbers
 */
public record FacePoints(int size, List<Point> points) {

    /** One place in an image, in pixels. */
    public record Point(double x, double y) {
    }

    /** ArcFace's template at 112x112, which aligned datasets follow. */
    public static final FacePoints ARCFACE_112 = new FacePoints(112, List.of(
            new Point(38.2946, 51.6963), new Point(73.5318, 51.5014), new Point(56.0252, 71.7366),
            new Point(41.5493, 92.3655), new Point(70.7299, 92.2041)));

    /** The template of dlib's 150x150 face chips (padding 0.25), reduced to five points. */
    public static final FacePoints DLIB_150 = new FacePoints(150, List.of(
            new Point(47.55, 46.60), new Point(100.48, 46.60), new Point(74.01, 76.56),
            new Point(50.41, 103.02), new Point(97.61, 103.02)));

    public FacePoints {
        points = List.copyOf(points);
        if (points.size() != 5) {
            throw new IllegalArgumentException("a face has five points, not " + points.size());
        }
    }
}
