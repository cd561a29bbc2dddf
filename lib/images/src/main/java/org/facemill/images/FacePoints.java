package org.facemill.images;

import java.util.List;

/**
 * Where the five points of an aligned face lie in a square image: left eye, right eye, nose tip, left and right corner of
 * the mouth, as the viewer sees them.
 *
 * @param size   side of the image in pixels
 * @param points five places in it
 */
public record FacePoints(int size, List<Point> points) {

    /** ArcFace's template at 112x112 (Deng et al., CVPR 2019), which aligned datasets and verification sets follow. */
    public static final FacePoints ARCFACE_112 = new FacePoints(
            112,
            List.of(
                    new Point(38.2946f, 51.6963f),
                    new Point(73.5318f, 51.5014f),
                    new Point(56.0252f, 71.7366f),
                    new Point(41.5493f, 92.3655f),
                    new Point(70.7299f, 92.2041f)));

    /** {@link #ARCFACE_112} moved 8 pixels to the left, as training sets of 96x112 were aligned. */
    public static final FacePoints ARCFACE_96_IN_112 = new FacePoints(
            112,
            List.of(
                    new Point(30.2946f, 51.6963f),
                    new Point(65.5318f, 51.5014f),
                    new Point(48.0252f, 71.7366f),
                    new Point(33.5493f, 92.3655f),
                    new Point(62.7299f, 92.2041f)));

    /** The template of dlib's 150x150 face chips (padding 0.25), reduced to five points. */
    public static final FacePoints DLIB_150 = new FacePoints(
            150,
            List.of(
                    new Point(47.55f, 46.60f),
                    new Point(100.48f, 46.60f),
                    new Point(74.01f, 76.56f),
                    new Point(50.41f, 103.02f),
                    new Point(97.61f, 103.02f)));

    public FacePoints {
        points = List.copyOf(points);
        if (points.size() != 5) {
            throw new IllegalArgumentException("a face has five points, not " + points.size());
        }
    }

    /**
     * An image brought into this pose.
     *
     * @param image where the face is
     * @param face  its five points there
     * @return {@link #size} a side, black where the image does not reach
     */
    public RgbImage align(RgbImage image, List<Point> face) {
        return SimilarityTransform.estimate(face, points).warp(image, size, size);
    }

    /**
     * An aligned face carried over from another template, for a recogniser that wants other chips. Where the original picture
     * is at hand, aligning it straight to this template is better: a crop has lost what lies outside it.
     *
     * @throws IllegalArgumentException if the image has not the other template's size
     */
    public RgbImage from(FacePoints other, RgbImage image) {
        if (image.width() != other.size || image.height() != other.size) {
            throw new IllegalArgumentException("an image of " + image.width() + "x" + image.height()
                    + ", expected an aligned face of " + other.size + "x" + other.size + "; align it first");
        }
        return equals(other) ? image : align(image, other.points);
    }
}
