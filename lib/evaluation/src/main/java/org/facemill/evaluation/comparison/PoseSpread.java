package org.facemill.evaluation.comparison;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.facemill.images.Point;

/**
 * How much an identity's heads turn, from five points a face (left eye, right eye, nose, corners of the mouth). A face's yaw is how
 * far the nose lies beside the middle of the eyes, in distances of the eyes; its pitch how far it lies below them, in distances
 * of eyes and mouth. Both stay as they are when the picture is moved, turned in its plane, or scaled, as alignment does.
 *
 * @param faces number of faces
 * @param yaw population deviation of their yaws; 0.1 is some 10 degrees
 * @param pitch population deviation of their pitches
 */
public record PoseSpread(int faces, double yaw, double pitch) {

    /** @param faces five points each; at least one face */
    public static PoseSpread of(List<List<Point>> faces) {
        return new PoseSpread(faces.size(), deviation(faces, PoseSpread::yaw), deviation(faces, PoseSpread::pitch));
    }

    private static double yaw(List<Point> face) {
        return along(face, face.get(2)) / Math.hypot(eyesX(face), eyesY(face));
    }

    private static double pitch(List<Point> face) {
        return across(face, face.get(2)) / across(face, middle(face.get(3), face.get(4)));
    }

    /** How far a point lies to the right of the middle of the eyes, along their line. */
    private static double along(List<Point> face, Point point) {
        Point eyes = middle(face.get(0), face.get(1));
        return ((point.x() - eyes.x()) * eyesX(face) + (point.y() - eyes.y()) * eyesY(face))
                / Math.hypot(eyesX(face), eyesY(face));
    }

    /** How far a point lies below the line of the eyes. */
    private static double across(List<Point> face, Point point) {
        Point eyes = middle(face.get(0), face.get(1));
        return ((point.y() - eyes.y()) * eyesX(face) - (point.x() - eyes.x()) * eyesY(face))
                / Math.hypot(eyesX(face), eyesY(face));
    }

    private static double eyesX(List<Point> face) {
        return face.get(1).x() - face.get(0).x();
    }

    private static double eyesY(List<Point> face) {
        return face.get(1).y() - face.get(0).y();
    }

    private static Point middle(Point a, Point b) {
        return new Point((a.x() + b.x()) / 2, (a.y() + b.y()) / 2);
    }

    private static double deviation(List<List<Point>> faces, ToDoubleFunction<List<Point>> value) {
        double mean = faces.stream().mapToDouble(value).average().orElseThrow();
        return Math.sqrt(faces.stream()
                .mapToDouble(face -> Math.pow(value.applyAsDouble(face) - mean, 2))
                .average()
                .orElseThrow());
    }
}
