package org.facemill.ldm;

import org.facemill.contracts.Noise;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.diffusion.training.ImageSet;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;

/**
 * Painted faces as a training set: first one image of every identity, then the second of every identity, and so on.
 *
 * @param edge to which pictures are resized, in pixels
 */
record PaintedImages(FacePainter painter, LdmRecipe.Painted painted, int edge) implements ImageSet {

    @Override
    public int size() {
        return painted.identities() * painted.images();
    }

    @Override
    public RgbImage image(int index) {
        RgbImage image = painter.paint(
                        context(index), painted.seed(), index % painted.identities(), index / painted.identities())
                .image();
        return Images.resizeAntialiased(image, edge, edge);
    }

    @Override
    public float[] context(int index) {
        return Noise.unitVector(painted.seed(), index % painted.identities(), IdentityContext.DIMENSION);
    }
}
