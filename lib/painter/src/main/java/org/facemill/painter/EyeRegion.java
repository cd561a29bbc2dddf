package org.facemill.painter;

/** Eyes and brows, both sides at once: u is mirrored so that the outer corner lies at positive values. */
final class EyeRegion implements Layer {

    private static final Colour SCLERA = new Colour(0.93, 0.91, 0.89);
    private static final Colour LASH = new Colour(0.11, 0.08, 0.07);
    private static final double IRIS = 0.062;

    private final Traits.Eyes eyes;
    private final Traits.Brows brows;
    private final Shot.Expression face;
    private final Shot.Light light;
    private final HeadShape head;
    private final double open;
    private final Colour fold;
    private final Colour limbus;
    private final Colour brow;

    EyeRegion(Traits traits, Shot shot, HeadShape head) {
        this.eyes = traits.eyes();
        this.brows = traits.brows();
        this.face = shot.face();
        this.light = shot.light();
        this.head = head;
        this.open = eyes.open() * face.lids();
        this.fold = traits.complexion().skin().times(0.50, 0.38, 0.36);
        this.limbus = eyes.iris().times(0.45);
        this.brow = traits.locks().colour().mix(traits.complexion().skin(), 0.1).times(0.62);
    }

    @Override
    public void paint(Spot at, Pixel pixel) {
        double side = at.u < 0 ? -1 : 1;
        double u = side * at.u - eyes.apart();
        double v = at.v - eyes.y();
        if (at.face <= 0 || Math.abs(u) > 0.3 || v < -0.35 || v > 0.25) {
            return;
        }
        double slanted = v + eyes.tilt() * u;
        lids(at, pixel, u, slanted);
        eye(at, pixel, u, slanted, side);
        brow(at, pixel, u, v);
    }

    /** Height of the upper lid's edge; its highest point lies a little inward. */
    private double upper(double t) {
        return -open * (1 - t * t) * (1 - 0.18 * t);
    }

    private double lower(double t) {
        return 0.62 * open * (1 - t * t) * (1 + 0.15 * t);
    }

    private void lids(Spot at, Pixel pixel, double u, double v) {
        double t = u / eyes.width();
        double wide = Curves.hill(u, eyes.width() * 1.35, 0, 1);
        double crease = v - upper(t * 0.85) + eyes.crease();
        pixel.blend(
                fold,
                at.shade,
                0.75 * at.face * Math.min(1, 1.6 * wide) * Curves.hill(crease / 0.020 * (crease / 0.020)));
        double bag = v - 0.62 * open - 0.035 + 0.5 * (u + 0.02) * (u + 0.02) / eyes.width();
        double dark = 0.35 * eyes.bags() * wide * Curves.hill(bag / 0.045 * (bag / 0.045)) * at.face;
        pixel.tint(1 - 0.6 * dark, 1 - dark, 1 - 0.9 * dark);
    }

    private void eye(Spot at, Pixel pixel, double u, double v, double side) {
        double t = u / eyes.width();
        if (Math.abs(t) > 1.25) {
            return;
        }
        double upper = upper(t);
        double inside = at.face * head.cover(Math.min(v - upper, lower(t) - v));
        if (inside > 0) {
            double shaded = 0.72 + 0.28 * Curves.step(0, 0.05, v - upper);
            pixel.blend(SCLERA, Math.min(1.05, at.shade * 1.12) * shaded, inside);
            double gu = u - side * face.gazeX();
            double gv = v + 0.18 * open - face.gazeY();
            double r = Math.sqrt(gu * gu + gv * gv);
            double bright = Math.min(1.1, 0.35 + 0.75 * at.shade) * shaded;
            pixel.blend(limbus, bright, inside * head.cover(IRIS - r));
            pixel.blend(eyes.iris(), bright * (1.05 + 5 * gv), inside * head.cover(IRIS * 0.80 - r));
            pixel.blend(LASH, 0.5, inside * head.cover(IRIS * 0.43 - r));
            double glint = Curves.hill(gu - side * 0.03 * light.x() * 1.5, 0.022, gv + 0.022, 0.022);
            pixel.glow(0.75 * inside * Math.min(1, 2 * glint));
        }
        double lash = v - upper + 0.004;
        double thick = 0.020 + 0.006 * Math.max(0, t);
        double ends = Curves.step(1.2, 1.0, Math.abs(t));
        pixel.blend(LASH, 1, 0.9 * at.face * ends * Curves.hill(lash / thick * (lash / thick)));
        double rim = (v - lower(t)) / 0.014;
        pixel.blend(fold, at.shade, 0.5 * at.face * ends * Curves.hill(rim * rim));
    }

    private void brow(Spot at, Pixel pixel, double u, double v) {
        double t = (u - 0.01) / brows.length();
        if (Math.abs(t) > 1.05) {
            return;
        }
        double line = -brows.above()
                - face.raise()
                - brows.slant() * (u - 0.01)
                - brows.arch() * (1 - t * t)
                + brows.arch() * 0.6
                + face.frown() * Math.max(0, -t) * 0.5;
        double thick = brows.thick() * (1 - 0.55 * Curves.clamp(0.5 + 0.5 * t)) * 1.35;
        double d = head.cover(thick - Math.abs(v - line) - 0.003);
        double soft = Curves.hill((v - line) / (thick * 1.9) * ((v - line) / (thick * 1.9)));
        double ends = Curves.step(1.05, 0.8, Math.abs(t));
        pixel.blend(brow, 0.5 + 0.5 * at.shade, at.face * brows.strength() * ends * Math.min(1, 0.6 * d + 0.5 * soft));
    }
}
