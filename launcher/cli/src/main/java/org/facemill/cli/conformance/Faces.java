package org.facemill.cli.conformance;

import java.util.List;
import java.util.stream.IntStream;
import org.facemill.contracts.Noise;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;

/** The painted faces that plug-ins are given. */
final class Faces {

    private static final long SEED = 1;

    private Faces() {}

    /** A unit vector of 512 numbers, another for each ordinal. */
    static float[] context(long ordinal) {
        return Noise.unitVector(SEED, ordinal, IdentityContext.DIMENSION);
    }

    /** Pictures of one person, of 128x128 pixels. */
    static List<RgbImage> paint(int count) {
        FacePainter painter = new FacePainter();
        float[] context = context(0);
        return IntStream.range(0, count)
                .mapToObj(image -> painter.paint(context, SEED, 0, image).image())
                .toList();
    }
}
