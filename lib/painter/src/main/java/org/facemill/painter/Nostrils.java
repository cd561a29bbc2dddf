package org.facemill.painter;

/** The nostrils and the lines around the wings; the rest of the nose is relief. */
final class Nostrils implements Layer {

    private final Traits.Nose nose;
    private final double tipV;
    private final double shift;
    private final Colour dark;

    Nostrils(Traits traits, HeadShape head) {
        nose = traits.nose();
        tipV = traits.eyes().y() + nose.length();
        shift = head.noseShift();
        dark = traits.complexion().skin().times(0.40, 0.28, 0.26);
    }

    @Override
    public void paint(Spot at, Pixel pixel) {
        double v = at.v - tipV;
        if (Math.abs(v) > 0.12) {
            return;
        }
        double m = Math.abs(at.u - shift);
        double hole = Curves.hill(m - nose.width() * 0.48, nose.width() * 0.40, v - 0.038 + 0.15 * m, 0.024);
        pixel.blend(dark, 1, at.face * Math.min(0.9, 1.5 * hole));
        double wing = Curves.hill(m - nose.width() * 1.02, 0.024, v - 0.005, 0.055);
        pixel.blend(dark, 1.5 * at.shade, 0.4 * at.face * wing);
    }
}
