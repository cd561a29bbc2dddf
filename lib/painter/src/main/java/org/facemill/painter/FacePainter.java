package org.facemill.painter;

import java.util.List;
import org.facemill.images.RgbImage;

/**
 * Paints faces: a pure function of (context, seed, ordinal, image). Nearby contexts give nearby faces; the noise changes
 * pose, expression, light, clothes and background only. Instances are immutable and safe for use by many threads.
 */
public final class FacePainter {

    /** Width and height of a painted tile in pixels. */
    public static final int TILE = 128;

    private final TraitProjection projection = new TraitProjection();

    /**
     * Paints one image of one identity.
     *
     * @param context 512 floats of any length but zero; only the direction counts
     * @param seed the run's seed
     * @param ordinal the identity's ordinal in the run
     * @param image the image's index within its identity
     * @throws IllegalArgumentException when the context has another dimension or no direction
     */
    public PaintedFace paint(float[] context, long seed, long ordinal, int image) {
        Traits traits = Traits.of(projection.project(context));
        Shot shot = Shot.of(seed, ordinal, image);
        HeadShape head = new HeadShape(traits, shot);
        return new PaintedFace(raster(head, layers(traits, shot, head)), head.landmarks());
    }

    private static List<Layer> layers(Traits traits, Shot shot, HeadShape head) {
        Hair hair = new Hair(traits, shot, head);
        return List.of(
                new Backdrop(shot),
                hair::paintBehind,
                new Torso(traits, shot, head),
                new Skin(traits, shot, head),
                new Mouth(traits, shot, head),
                new Nostrils(traits, head),
                new EyeRegion(traits, shot, head),
                hair::paintInFront);
    }

    private static RgbImage raster(HeadShape head, List<Layer> layers) {
        byte[] pixels = new byte[TILE * TILE * 3];
        Spot spot = new Spot();
        Pixel pixel = new Pixel();
        for (int y = 0; y < TILE; y++) {
            for (int x = 0; x < TILE; x++) {
                head.locate(x + 0.5, y + 0.5, spot);
                for (Layer layer : layers) {
                    layer.paint(spot, pixel);
                }
                pixel.store(pixels, (y * TILE + x) * 3);
            }
        }
        return new RgbImage(TILE, TILE, pixels);
    }
}
