package org.facemill.painter;

/** An RGB colour, channels 0..1. */
record Colour(double r, double g, double b) {

    Colour mix(Colour other, double share) {
        double t = Curves.clamp(share);
        return new Colour(r + (other.r - r) * t, g + (other.g - g) * t, b + (other.b - b) * t);
    }

    Colour times(double red, double green, double blue) {
        return new Colour(r * red, g * green, b * blue);
    }

    Colour times(double factor) {
        return times(factor, factor, factor);
    }
}
