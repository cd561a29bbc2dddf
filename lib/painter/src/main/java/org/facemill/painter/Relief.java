package org.facemill.painter;

/**
 * The height field of the face upon the head: sockets, brow ridge, cheekbones, nose, chin. {@link #at} computes slope and
 * hollowness of one point.
 */
final class Relief {

    private final Traits traits;
    private final double noseShift;
    private double slopeU;
    private double slopeV;
    private double hollow;

    Relief(Traits traits, double noseShift) {
        this.traits = traits;
        this.noseShift = noseShift;
    }

    double slopeU() {
        return slopeU;
    }

    double slopeV() {
        return slopeV;
    }

    /** How much of the ambient light the surroundings take away, 0..1. */
    double hollow() {
        return hollow;
    }

    void at(double u, double v) {
        slopeU = 0;
        slopeV = 0;
        hollow = 0;
        Traits.Head head = traits.head();
        Traits.Eyes eyes = traits.eyes();
        double side = u < 0 ? -1 : 1;
        double m = Math.abs(u);
        double socketV = v - eyes.y() + 0.01;
        bump(m - eyes.apart() * 0.97, eyes.width() * 1.7, socketV, 0.15, -0.035 * head.socket(), side);
        hollow += 0.20 * head.socket() * Curves.hill(m - eyes.apart() * 0.94, eyes.width() * 1.65, socketV, 0.13);
        bump(m - eyes.apart(), 0.26, v - eyes.y() + traits.brows().above(), 0.1, 0.018 * head.socket(), side);
        bump(m - 0.37, 0.24, v - eyes.y() - 0.25, 0.2, 0.06 * head.cheek(), side);
        hollow += 0.10 * head.cheek() * Curves.hill(m - 0.45, 0.2, v - eyes.y() - 0.52, 0.22);
        bump(u, 0.24, v - 0.8 * head.height(), 0.16, 0.045, 1);
        double lip = v - traits.lips().y();
        bump(u, 0.3, lip, 0.2, 0.02, 1);
        hollow += 0.12
                * Curves.hill(
                        u, traits.lips().width() * 0.8, lip - traits.lips().lower() - 0.05, 0.045);
        nose(u, v);
    }

    private void nose(double u, double v) {
        Traits.Nose nose = traits.nose();
        double tipV = traits.eyes().y() + nose.length();
        double along = Curves.clamp((v - traits.eyes().y() + 0.08) / (nose.length() + 0.08));
        double n = u - noseShift * along;
        double side = n < 0 ? -1 : 1;
        double m = Math.abs(n);
        double out = nose.relief();
        bump(
                n,
                nose.bridge() * (1.1 + 0.5 * along),
                v - traits.eyes().y() - 0.5 * nose.length(),
                0.72 * nose.length(),
                0.048 * out,
                1);
        bump(n, nose.tip(), v - tipV + 0.025, 0.09, 0.05 * out, 1);
        bump(m - nose.width() * 0.72, nose.width() * 0.5, v - tipV - 0.005, 0.06, 0.022 * out, side);
        hollow += 0.30 * out * Curves.hill(n, nose.width() * 1.15, v - tipV - 0.065, 0.055);
        hollow += 0.16 * Curves.hill(m - nose.width() * 1.08, 0.035, v - tipV, 0.07);
        hollow += 0.10
                * out
                * Curves.hill(m - nose.bridge() * 1.25, 0.07, v - traits.eyes().y() - 0.4 * nose.length(), 0.16);
    }

    /** Adds a hill of this height over the ellipse of radii (a, b); {@code side} undoes a mirrored x. */
    private void bump(double x, double a, double y, double b, double height, double side) {
        double q = x / a * (x / a) + y / b * (y / b);
        if (q < 1) {
            double slope = -4 * height * (1 - q);
            slopeU += side * slope * x / (a * a);
            slopeV += slope * y / (b * b);
        }
    }
}
