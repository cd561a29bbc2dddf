package org.facemill.detection;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the five points of a face lie in an aligned crop of 112x112: ArcFace's template (Deng et al., CVPR 2019), in the
 * order of {@link Face#points()}.
 */
public enum ReferencePoints {
    /** As the verification benchmarks are aligned; what align.py uses. */
    EVALUATION(38.2946f, 51.6963f, 73.5318f, 51.5014f, 56.0252f, 71.7366f, 41.5493f, 92.3655f, 70.7299f, 92.2041f),
    /** As training sets of 96x112 were aligned: {@link #EVALUATION} moved 8 pixels to the left. */
    TRAINING(30.2946f, 51.6963f, 65.5318f, 51.5014f, 48.0252f, 71.7366f, 33.5493f, 92.3655f, 62.7299f, 92.2041f);

    /** Width and height of an aligned crop. */
    public static final int CROP_SIZE = 112;

    private final List<Point> points;

    ReferencePoints(float... xy) {
        points = IntStream.range(0, xy.length / 2).mapToObj(i -> new Point(xy[2 * i], xy[2 * i + 1])).toList();
    }

    public List<Point> points() {
        return points;
    }
}
