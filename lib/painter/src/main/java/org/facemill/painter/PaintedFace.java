package org.facemill.painter;

import java.util.List;
import org.facemill.images.RgbImage;

/**
 * A painted tile and the exact positions of its five landmarks.
 *
 * @param image 128x128 RGB
 * @param landmarks left eye, right eye, nose tip, left and right mouth corner, as seen in the image
 */
public record PaintedFace(RgbImage image, List<Point> landmarks) {

    /** A position in pixels; (0.5, 0.5) is the centre of the first pixel. */
    public record Point(float x, float y) {}
}
