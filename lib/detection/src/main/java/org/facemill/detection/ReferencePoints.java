package org.facemill.detection;

import java.util.List;
import java.util.stream.IntStream;
import org.facemill.contracts.recipe.Landmarks;

/**
 * Where the five points of a face lie in an aligned crop of 112x112: ArcFace's template (Deng et al., CVPR 2019), in the
 * order of {@link Face#points()}.
 */
public final class ReferencePoints {

    /** Width and height of an aligned crop. */
    public static final int CROP_SIZE = 112;

    private static final List<Point> EVALUATION =
            points(38.2946f, 51.6963f, 73.5318f, 51.5014f, 56.0252f, 71.7366f, 41.5493f, 92.3655f, 70.7299f, 92.2041f);
    /** {@link #EVALUATION} moved 8 pixels to the left, as training sets of 96x112 were aligned. */
    private static final List<Point> TRAINING =
            points(30.2946f, 51.6963f, 65.5318f, 51.5014f, 48.0252f, 71.7366f, 33.5493f, 92.3655f, 62.7299f, 92.2041f);

    private ReferencePoints() {
    }

    public static List<Point> of(Landmarks landmarks) {
        return switch (landmarks) {
            case EVALUATION -> EVALUATION;
            case TRAINING -> TRAINING;
        };
    }

    private static List<Point> points(float... xy) {
        return IntStream.range(0, xy.length / 2).mapToObj(i -> new Point(xy[2 * i], xy[2 * i + 1])).toList();
    }
}
