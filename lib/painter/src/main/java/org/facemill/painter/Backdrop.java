package org.facemill.painter;

/** A soft gradient behind everything. */
final class Backdrop implements Layer {

    private final Shot.Scene scene;

    Backdrop(Shot shot) {
        scene = shot.scene();
    }

    @Override
    public void paint(Spot at, Pixel pixel) {
        double t = 0.5 + 0.5 * (scene.slopeX() * (at.tileX - 0.5) + scene.slopeY() * (at.tileY - 0.5));
        pixel.blend(scene.one(), 1, 1);
        pixel.blend(scene.other(), 1, Curves.step(0, 1, t));
    }
}
