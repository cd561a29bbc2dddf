package org.facemill.painter;

/** Scalar functions that the layers share; rational, so that their results are the same bits everywhere. */
final class Curves {

    private Curves() {}

    static double clamp(double x) {
        return Math.min(1, Math.max(0, x));
    }

    /** Rises smoothly from 0 at {@code from} to 1 at {@code to}; {@code from > to} gives a fall. */
    static double step(double from, double to, double x) {
        double t = clamp((x - from) / (to - from));
        return t * t * (3 - 2 * t);
    }

    /** A hill of height 1 over the unit ball, of the squared radius: (1 - q)^2, 0 outside. */
    static double hill(double q) {
        return q >= 1 ? 0 : (1 - q) * (1 - q);
    }

    /** A hill over the ellipse of radii (a, b). */
    static double hill(double x, double a, double y, double b) {
        return hill(x / a * (x / a) + y / b * (y / b));
    }

    /** A triangle wave of period 1 with rounded corners, -1..1. */
    static double wave(double x) {
        double t = 2 * (x - Math.floor(x)) - 1;
        return (t < 0 ? 1 : -1) * (1 - 4 * (Math.abs(t) - 0.5) * (Math.abs(t) - 0.5));
    }

    /** Squashes a normal deviate into (-2.2, 2.2); nearly the identity around 0. */
    static double soft(double g) {
        return g / Math.sqrt(1 + g * g / 4.84);
    }
}
