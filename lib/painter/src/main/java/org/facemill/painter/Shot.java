package org.facemill.painter;

import org.facemill.contracts.Noise;

/**
 * What differs between the images of one identity.
 *
 * @param yaw sine of the head's turn, positive to the viewer's right
 * @param pitch sine of the head's nod, positive downwards
 * @param roll tangent of the head's tilt, positive clockwise
 * @param scale pixels per head unit
 * @param centreX centre of the head in pixels
 * @param centreY centre of the head in pixels
 * @param face expression
 * @param light direction and strength of the light
 * @param scene colours of backdrop and clothes
 */
record Shot(
        double yaw,
        double pitch,
        double roll,
        double scale,
        double centreX,
        double centreY,
        Expression face,
        Light light,
        Scene scene) {

    /**
     * @param smile rise of the mouth's corners, about -0.05..0.1
     * @param gape opening of the mouth, 0 is closed
     * @param lids opening of the eyes relative to relaxed
     * @param gazeX shift of the irises
     * @param gazeY shift of the irises
     * @param raise rise of the brows
     * @param frown fall of the brows' inner ends
     */
    record Expression(double smile, double gape, double lids, double gazeX, double gazeY, double raise, double frown) {}

    /**
     * @param x component of the unit vector towards the light
     * @param y component of the unit vector towards the light
     * @param z component of the unit vector towards the light
     * @param ambient part of the light that has no direction, 0..1
     * @param exposure factor on everything
     * @param warmth colour of the light, -1..1
     */
    record Light(double x, double y, double z, double ambient, double exposure, double warmth) {}

    /**
     * @param one colour of the backdrop at one end
     * @param other colour at the other end
     * @param slopeX direction of its gradient
     * @param slopeY direction of its gradient
     * @param cloth colour of the clothes
     */
    record Scene(Colour one, Colour other, double slopeX, double slopeY, Colour cloth) {}

    private static final int DEVIATES = 32;

    static Shot of(long seed, long ordinal, int image) {
        float[] normal = new float[DEVIATES];
        Noise.normal(seed, ordinal, image, Noise.IMAGE_TRAITS, normal);
        double[] n = new double[DEVIATES];
        for (int i = 0; i < DEVIATES; i++) {
            n[i] = Curves.soft(normal[i]);
        }
        double half = FacePainter.TILE / 2.0;
        return new Shot(
                0.22 * n[0],
                0.10 * n[1],
                0.08 * n[2],
                55 * (1 + 0.035 * n[3]),
                half + 1.6 * n[4],
                half + 2 + 1.4 * n[5],
                expression(n),
                light(n),
                scene(n));
    }

    private static Expression expression(double[] n) {
        return new Expression(
                0.025 + 0.035 * n[6],
                Math.max(0, 0.045 * n[7] - 0.01),
                1 + 0.14 * n[8],
                0.018 * n[9],
                0.007 * n[10],
                0.018 * n[11],
                0.05 * n[12]);
    }

    private static Light light(double[] n) {
        double x = 0.55 * n[13];
        double y = -0.35 + 0.3 * n[14];
        double norm = Math.sqrt(x * x + y * y + 1);
        return new Light(x / norm, y / norm, 1 / norm, 0.45 + 0.08 * n[15], 1.02 + 0.07 * n[16], 0.5 * n[17]);
    }

    private static Scene scene(double[] n) {
        double grey = 0.48 + 0.17 * n[18];
        Colour one = pastel(grey, 0.05 * n[19], 0.05 * n[20]);
        Colour other = pastel(grey + 0.12 * n[21], 0.05 * n[22], 0.05 * n[23]);
        Colour cloth = pastel(0.42 + 0.2 * n[24], 0.08 * n[25], 0.08 * n[26]);
        return new Scene(one, other, n[27], n[28], cloth);
    }

    private static Colour pastel(double grey, double warm, double green) {
        return new Colour(grey + warm - green / 2, grey + green, grey - warm - green / 2);
    }
}
