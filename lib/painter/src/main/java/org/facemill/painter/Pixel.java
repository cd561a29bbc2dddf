package org.facemill.painter;

/** The colour of the pixel in work, channels 0..1. */
final class Pixel {

    private double r;
    private double g;
    private double b;

    /** Covers {@code alpha} of the pixel with {@code colour} under light of strength {@code shade}. */
    void blend(Colour colour, double shade, double alpha) {
        r += (colour.r() * shade - r) * alpha;
        g += (colour.g() * shade - g) * alpha;
        b += (colour.b() * shade - b) * alpha;
    }

    /** Adds light. */
    void glow(double amount) {
        r += amount;
        g += amount;
        b += amount;
    }

    /** Multiplies by a colour, as tinted light does. */
    void tint(double red, double green, double blue) {
        r *= red;
        g *= green;
        b *= blue;
    }

    void store(byte[] pixels, int at) {
        pixels[at] = quantise(r);
        pixels[at + 1] = quantise(g);
        pixels[at + 2] = quantise(b);
    }

    private static byte quantise(double value) {
        return (byte) (int) (Math.min(1, Math.max(0, value)) * 255 + 0.5);
    }
}
