package org.facemill.painter;

/** The skin of the head with its relief, under the light; folds, blush and beard. */
final class Skin implements Layer {

    private final Traits traits;
    private final Shot.Light light;
    private final HeadShape head;
    private final Relief relief;
    private final Colour skin;
    private final Colour beard;

    Skin(Traits traits, Shot shot, HeadShape head) {
        this.traits = traits;
        this.light = shot.light();
        this.head = head;
        this.relief = new Relief(traits, head.noseShift());
        double warmth = light.warmth();
        this.skin = traits.complexion().skin().times(1 + 0.04 * warmth, 1, 1 - 0.05 * warmth);
        this.beard = traits.locks().colour().mix(skin, 0.15).times(0.8);
    }

    @Override
    public void paint(Spot at, Pixel pixel) {
        at.shade = light.exposure() * 0.75;
        if (at.face <= 0) {
            return;
        }
        double nx = at.x / traits.head().width();
        double ny = at.y / traits.head().height();
        nx = nx * (0.35 + 0.6 * nx * nx);
        ny = ny * (0.25 + 0.45 * ny * ny);
        relief.at(at.u, at.v);
        nx -= relief.slopeU();
        ny -= relief.slopeV();
        double norm = Math.sqrt(nx * nx + ny * ny + 1);
        double lit = Math.max(0, (nx * light.x() + ny * light.y() + light.z()) / norm);
        double occluded = 1 - relief.hollow();
        at.shade = light.exposure() * (light.ambient() + (1.12 - light.ambient()) * lit) * occluded;
        pixel.blend(skin, at.shade, at.face);
        double gloss = lit * lit;
        gloss = gloss * gloss * gloss;
        pixel.glow(0.05 * at.face * gloss * gloss * occluded);
        blush(at, pixel);
        folds(at, pixel);
        beard(at, pixel);
    }

    private void blush(Spot at, Pixel pixel) {
        double cheek = Curves.hill(Math.abs(at.u) - 0.34, 0.24, at.v - 0.18, 0.2)
                + 0.6
                        * Curves.hill(
                                at.u - head.noseShift(),
                                0.16,
                                at.v - traits.eyes().y() - traits.nose().length(),
                                0.12);
        double amount = at.face * cheek * traits.complexion().blush();
        pixel.tint(1 + 0.02 * amount, 1 - 0.16 * amount, 1 - 0.14 * amount);
    }

    private void folds(Spot at, Pixel pixel) {
        double age = traits.complexion().age() * at.face;
        double top = traits.eyes().y() + traits.nose().length() - 0.02;
        double down = (at.v - top) / (traits.lips().y() + 0.08 - top);
        double fold = 0;
        if (down > 0 && down < 1) {
            double line = traits.nose().width() * 1.15 + 0.13 * down + 0.05 * down * (1 - down);
            fold = Curves.hill(Math.abs(at.u) - line, 0.036, 0, 1) * 4 * down * (1 - down);
        }
        double forehead = 0;
        double brow = traits.eyes().y() - traits.brows().above();
        double up = (brow - 0.05 - at.v) / 0.085;
        if (up > 0 && up < 3) {
            double ripple = Curves.wave(up + 0.12 * at.u * at.u);
            forehead = 0.5 * Math.max(0, ripple) * Curves.hill(at.u, 0.42, 0, 1) * Curves.step(3, 1.5, up);
        }
        double dark = 1
                - age
                        * (0.28 * fold
                                + 0.22
                                        * forehead
                                        * Math.max(0, traits.complexion().age() - 0.2));
        pixel.tint(dark, dark * dark, dark * dark);
    }

    private void beard(Spot at, Pixel pixel) {
        Traits.Lips lips = traits.lips();
        double side = Math.abs(at.u) / traits.head().width();
        double upper = lips.y() - 0.02 - 0.34 * side * side * side;
        double chin = Curves.step(upper - 0.06, upper + 0.10, at.v);
        double mouth = Curves.hill(at.u, lips.width() * 1.35, at.v - lips.y() - 0.015, 0.16);
        double lower = chin * Math.max(0, 1 - 2.2 * mouth) * traits.locks().beard();
        double above = Curves.hill(at.u, lips.width() * 1.2, at.v - lips.y() + lips.upper() + 0.035, 0.055);
        double moustache = Math.min(1, 1.6 * above) * traits.locks().moustache();
        pixel.blend(beard, at.shade, 0.85 * at.face * Math.max(lower, moustache));
    }
}
