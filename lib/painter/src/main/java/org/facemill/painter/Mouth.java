package org.facemill.painter;

/** Lips, and teeth where they part. */
final class Mouth implements Layer {

    private static final Colour CAVITY = new Colour(0.22, 0.07, 0.07);
    private static final Colour TEETH = new Colour(0.90, 0.87, 0.82);

    private final Traits.Lips lips;
    private final Shot shot;
    private final HeadShape head;
    private final Colour colour;
    private final double width;
    private final double rise;

    Mouth(Traits traits, Shot shot, HeadShape head) {
        this.lips = traits.lips();
        this.shot = shot;
        this.head = head;
        Colour skin = traits.complexion().skin();
        Colour tone = lips.tone();
        this.colour = skin.times(tone.r(), tone.g(), tone.b());
        this.width = lips.width() * stretch(shot);
        this.rise = rise(traits, shot);
    }

    /** A smile widens the mouth by this factor. */
    static double stretch(Shot shot) {
        return 1 + 2.2 * shot.face().smile();
    }

    /** Rise of the mouth's corners. */
    static double rise(Traits traits, Shot shot) {
        return traits.lips().curve() + shot.face().smile();
    }

    @Override
    public void paint(Spot at, Pixel pixel) {
        double t = at.u / width;
        if (Math.abs(t) > 1.1 || at.face <= 0) {
            return;
        }
        double k = Math.max(0, 1 - t * t);
        double root = Math.sqrt(k);
        double v = at.v - lips.y() + rise * t * t;
        double gape = shot.face().gape() * k;
        double bow = 1 - lips.bow() * Math.max(0, 1 - Math.abs(t) * 5);
        double top = -lips.upper() * root * (0.75 + 0.25 * k) * bow;
        double bottom = lips.lower() * root * (0.6 + 0.4 * k) + gape;
        double upperShade = at.shade * 0.86;
        double lowerShade = at.shade * 1.08;
        double inside = head.cover(Math.min(v - top, bottom - v));
        pixel.blend(colour, v < gape / 2 ? upperShade : lowerShade, 0.92 * at.face * inside);
        double open = head.cover(Math.min(v, gape - v)) * Curves.step(0.004, 0.012, gape);
        pixel.blend(CAVITY, 1, at.face * open);
        double teeth = head.cover(Math.min(v - 0.002, 0.55 * gape - v)) * Curves.step(0.015, 0.03, gape);
        pixel.blend(TEETH, Math.min(1, at.shade), 0.9 * at.face * teeth);
        double line =
                Curves.hill(v, 0.016, 0, 1) + 0.6 * Curves.hill(v - gape, 0.014, 0, 1) * Curves.step(0.005, 0.02, gape);
        pixel.blend(
                colour.times(0.36, 0.26, 0.26), at.shade, 0.75 * at.face * Math.min(1, line) * Curves.step(0, 0.12, k));
        double gloss =
                Curves.hill(at.u - 0.25 * width * shot.light().x(), width * 0.45, v - gape - 0.5 * lips.lower(), 0.02);
        pixel.glow(0.07 * at.face * gloss * at.shade);
    }
}
