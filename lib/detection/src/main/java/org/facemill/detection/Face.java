package org.facemill.detection;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.facemill.images.Point;

/**
 * A face that the detector found.
 *
 * @param box    where it is
 * @param score  probability that it is a face, 0 to 1
 * @param points left eye, right eye, nose, left and right corner of the mouth, as the viewer sees them
 */
public record Face(Box box, float score, List<Point> points) implements Scored {

    public Face {
        points = List.copyOf(points);
        if (points.size() != 5) {
            throw new IllegalArgumentException("a face has 5 points, not " + points.size());
        }
    }

    /**
     * The face whose box's centre is nearest to the image's centre, the first of equally near ones (align.py of
     * IDiff-Face): a tile is painted around its own face, and what else was found lies at its edges.
     *
     * @param faces  of one image
     * @param width  of the image
     * @param height of the image
     */
    public static Optional<Face> nearestToCentre(List<Face> faces, int width, int height) {
        return faces.stream().min(Comparator.comparingDouble(face -> {
            Point centre = face.box().centre();
            float dx = centre.x() - width / 2f;
            float dy = centre.y() - height / 2f;
            return dx * dx + dy * dy;
        }));
    }

    Face translated(float dx, float dy) {
        return new Face(
                box.translated(dx, dy),
                score,
                points.stream()
                        .map(point -> new Point(point.x() + dx, point.y() + dy))
                        .toList());
    }
}
