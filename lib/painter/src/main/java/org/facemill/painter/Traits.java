package org.facemill.painter;

/**
 * What all images of one identity share, in head units and colours. Each deviate of the projection moves one thing;
 * all are smooth in the context.
 */
record Traits(Complexion complexion, Head head, Eyes eyes, Brows brows, Nose nose, Lips lips, Locks locks) {

    /** Deviates handed out in order, each squashed so that no face is grotesque. */
    private static final class Deviates {
        private final double[] values;
        private int next;

        Deviates(double[] values) {
            this.values = values;
        }

        double next(double mean, double deviation) {
            return mean + deviation * Curves.soft(values[next++]);
        }
    }

    static Traits of(double[] deviates) {
        Deviates d = new Deviates(deviates);
        Complexion complexion = Complexion.of(d);
        return new Traits(
                complexion, Head.of(d), Eyes.of(d), Brows.of(d), Nose.of(d), Lips.of(d), Locks.of(d, complexion));
    }

    /**
     * @param skin colour under full light
     * @param melanin -2..2, dark is high
     * @param blush redness of cheeks and nose, 0..1
     * @param age 0 (smooth) .. 1 (deep folds)
     */
    record Complexion(Colour skin, double melanin, double blush, double age) {
        static Complexion of(Deviates d) {
            double melanin = d.next(0, 1);
            double warmth = d.next(0, 1);
            Colour light = new Colour(0.95, 0.79, 0.70);
            Colour medium = new Colour(0.80, 0.60, 0.46);
            Colour dark = new Colour(0.42, 0.28, 0.21);
            Colour skin = melanin < 0 ? medium.mix(light, -melanin / 1.3) : medium.mix(dark, melanin / 1.5);
            return new Complexion(
                    skin.times(1 + 0.02 * warmth, 1, 1 - 0.05 * warmth),
                    melanin,
                    Curves.clamp(d.next(0.35, 0.3)),
                    Curves.clamp(d.next(0.3, 0.4)));
        }
    }

    /**
     * @param width half the width at the temples
     * @param height half the height
     * @param jaw width of the jaw as part of {@code width}
     * @param chin how much the chin tapers, 0..1
     * @param square squareness of the jaw, 0..1
     * @param cheek prominence of the cheekbones
     * @param ears radius of the ears
     * @param neck half the neck's width
     * @param socket depth of the eye sockets
     */
    record Head(
            double width,
            double height,
            double jaw,
            double chin,
            double square,
            double cheek,
            double ears,
            double neck,
            double socket) {
        static Head of(Deviates d) {
            return new Head(
                    d.next(0.645, 0.045),
                    d.next(0.86, 0.045),
                    d.next(0.82, 0.07),
                    d.next(0.42, 0.13),
                    Curves.clamp(d.next(0.4, 0.25)),
                    d.next(0.5, 0.3),
                    d.next(0.13, 0.025),
                    d.next(0.36, 0.045),
                    d.next(0.8, 0.3));
        }
    }

    /**
     * @param y height of the eyes
     * @param apart half the distance between the pupils
     * @param width half an eye's width
     * @param open half an eye's opening when relaxed
     * @param tilt rise of the outer corner per width
     * @param crease distance of the lid's crease
     * @param bags shadow under the eyes, 0..1
     * @param iris its colour
     */
    record Eyes(
            double y, double apart, double width, double open, double tilt, double crease, double bags, Colour iris) {
        static Eyes of(Deviates d) {
            double y = d.next(-0.10, 0.025);
            double apart = d.next(0.292, 0.022);
            double width = d.next(0.132, 0.014);
            double open = d.next(0.062, 0.011);
            double tilt = d.next(0.06, 0.12);
            double crease = d.next(0.045, 0.016);
            double bags = Curves.clamp(d.next(0.25, 0.3));
            double light = d.next(0, 1);
            Colour brown = new Colour(0.22, 0.12, 0.06);
            Colour pale = new Colour(0.33, 0.50, 0.62).mix(new Colour(0.38, 0.52, 0.28), 0.5 + 0.4 * d.next(0, 1));
            return new Eyes(y, apart, width, open, tilt, crease, bags, brown.mix(pale, 0.35 + 0.4 * light));
        }
    }

    /**
     * @param above distance from eye to brow
     * @param length half a brow's length
     * @param thick half its thickness
     * @param slant rise of the outer end
     * @param arch height of the arch
     * @param strength opacity, 0..1
     */
    record Brows(double above, double length, double thick, double slant, double arch, double strength) {
        static Brows of(Deviates d) {
            return new Brows(
                    d.next(0.165, 0.022),
                    d.next(0.165, 0.018),
                    d.next(0.030, 0.009),
                    d.next(0.02, 0.13),
                    d.next(0.045, 0.025),
                    Curves.clamp(d.next(0.8, 0.15)));
        }
    }

    /**
     * @param length from the eyes to the tip
     * @param width half the width of the wings
     * @param bridge half the width of the bridge
     * @param tip radius of the tip
     * @param relief how far it stands out
     */
    record Nose(double length, double width, double bridge, double tip, double relief) {
        static Nose of(Deviates d) {
            return new Nose(
                    d.next(0.29, 0.035),
                    d.next(0.115, 0.022),
                    d.next(0.07, 0.015),
                    d.next(0.085, 0.015),
                    d.next(1, 0.25));
        }
    }

    /**
     * @param y height of the mouth
     * @param width half its width
     * @param upper thickness of the upper lip
     * @param lower thickness of the lower lip
     * @param bow depth of the cupid's bow, 0..1
     * @param curve rise of the corners at rest
     * @param tone colour relative to the skin
     */
    record Lips(double y, double width, double upper, double lower, double bow, double curve, Colour tone) {
        static Lips of(Deviates d) {
            double y = d.next(0.435, 0.028);
            double width = d.next(0.205, 0.028);
            double upper = d.next(0.040, 0.012);
            double lower = d.next(0.058, 0.014);
            double bow = Curves.clamp(d.next(0.35, 0.2));
            double curve = d.next(0.012, 0.018);
            double red = d.next(0, 1);
            return new Lips(
                    y,
                    width,
                    upper,
                    lower,
                    bow,
                    curve,
                    new Colour(0.90 + 0.02 * red, 0.62 - 0.08 * red, 0.62 - 0.06 * red));
        }
    }

    /**
     * Hair of head and face.
     *
     * @param colour under full light
     * @param volume how far it stands off the head, as part of the head's size
     * @param line height of the hairline, negative is up
     * @param peak curvature of the hairline: positive falls towards the temples
     * @param part slope of the fringe, that is the side of the parting
     * @param length lowest point of the hair at the sides; a bald head has it short
     * @param curl waviness of the outline, 0..1
     * @param beard density of the beard, 0..1
     * @param moustache density of the moustache, 0..1
     */
    record Locks(
            Colour colour,
            double volume,
            double line,
            double peak,
            double part,
            double length,
            double curl,
            double beard,
            double moustache) {
        static Locks of(Deviates d, Complexion complexion) {
            double light = d.next(0, 1) - 0.35 * Math.max(0, complexion.melanin());
            double red = d.next(0, 1);
            Colour black = new Colour(0.09, 0.075, 0.07);
            Colour brown = new Colour(0.34, 0.22, 0.14);
            Colour blond = new Colour(0.80, 0.64, 0.42);
            Colour natural = light < 0 ? brown.mix(black, -light / 1.1) : brown.mix(blond, light / 1.7);
            Colour hued = natural.times(1 + 0.10 * red, 1 - 0.03 * red, 1 - 0.10 * red);
            Colour colour = hued.mix(
                    new Colour(0.68, 0.67, 0.66), 1.3 * Math.max(0, complexion.age() - 0.55 + 0.1 * d.next(0, 1)));
            double volume = d.next(0.15, 0.055);
            double line = d.next(-0.52, 0.09) - 1.6 * Math.max(0, d.next(-0.12, 0.24));
            double full = Curves.step(-0.85, -0.62, line);
            double peak = d.next(0.05, 0.14);
            double part = d.next(0, 0.16);
            double length = full * d.next(0.22, 0.48);
            double curl = Curves.clamp(d.next(0.3, 0.35));
            double hairy = d.next(-0.15, 0.6);
            return new Locks(
                    colour,
                    volume,
                    line,
                    peak,
                    part,
                    length,
                    curl,
                    Curves.clamp(1.3 * hairy),
                    Curves.clamp(hairy + d.next(-0.1, 0.3)));
        }
    }
}
