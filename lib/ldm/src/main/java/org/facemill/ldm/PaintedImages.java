package org.facemill.cli.ldm;

import org.facemill.contracts.Noise;
import org.facemill.diffusion.training.ImageSet;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;

/** Painted faces as a training set: first one image of every identity, then the second of every identity, and so on. */
record PaintedImages(FacePainter painter, LdmRecipe.Painted painted) implements ImageSet {

    private static final int CONTEXT = 512;

    @Override
    public int size() {
        return painted.identities() * painted.images();
    }

    @Override
    public RgbImage image(int index) {
        return painter.paint(context(index), painted.seed(), index % painted.identities(), index / painted.identities()).image();
    }

    @Override
    public float[] context(int index) {
        return Noise.unitVector(painted.seed(), index % painted.identities(), CONTEXT);
    }
}
