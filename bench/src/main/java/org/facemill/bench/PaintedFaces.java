package org.facemill.bench;

import java.util.ArrayList;
import java.util.List;
import org.facemill.contracts.Noise;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;

/** Tiles of 128x128 by the parametric painter. */
final class PaintedFaces {

    private static final long SEED = 1;

    private PaintedFaces() {}

    /** So many images of each of so many identities. */
    static List<RgbImage> of(int identities, int images) {
        FacePainter painter = new FacePainter();
        List<RgbImage> faces = new ArrayList<>();
        for (int ordinal = 0; ordinal < identities; ordinal++) {
            for (int image = 0; image < images; image++) {
                faces.add(painter.paint(Noise.unitVector(SEED, ordinal, 512), SEED, ordinal, image)
                        .image());
            }
        }
        return faces;
    }
}
