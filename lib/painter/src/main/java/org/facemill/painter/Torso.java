package org.facemill.painter;

/** Shoulders, neck and ears. */
final class Torso implements Layer {

    private final Traits traits;
    private final Shot shot;
    private final HeadShape head;

    Torso(Traits traits, Shot shot, HeadShape head) {
        this.traits = traits;
        this.shot = shot;
        this.head = head;
    }

    @Override
    public void paint(Spot at, Pixel pixel) {
        Colour skin = traits.complexion().skin();
        double exposure = shot.light().exposure();
        double side = at.x * shot.light().x();
        double neck = traits.head().neck() + 0.25 * Math.max(0, at.y - 0.85);
        double across = at.x / neck;
        double round = 0.80 - 0.25 * across * across + 0.25 * side - 0.18 * Curves.step(0.95, 0.75, at.y);
        pixel.blend(skin, round * exposure, head.cover(neck - Math.abs(at.x)) * Curves.step(0.2, 0.3, at.y));
        double wide = Math.abs(at.x);
        double collar = 1.02 - 0.16 * Curves.step(0.2, 0.5, wide) + 0.35 * Math.max(0, wide - 0.5) * wide;
        pixel.blend(shot.scene().cloth(), exposure * (0.9 + 0.3 * side), head.cover(at.y - collar));
        ear(at, pixel, skin.times(0.92, 0.84, 0.82), exposure * (0.82 + 0.3 * side));
    }

    private void ear(Spot at, Pixel pixel, Colour colour, double shade) {
        double radius = traits.head().ears();
        double turn = 0.12 * shot.yaw();
        double x = Math.abs(at.x + turn) - traits.head().width() * 0.97;
        double y = at.y - 0.02 - traits.eyes().y() - 0.08;
        double r = Math.sqrt(x / (0.62 * radius) * (x / (0.62 * radius)) + y / (1.35 * radius) * (y / (1.35 * radius)));
        pixel.blend(colour, shade, head.cover((1 - r) * radius));
        pixel.blend(colour, shade * 0.72, 0.7 * Curves.hill(x - 0.01, 0.4 * radius, y, radius));
    }
}
