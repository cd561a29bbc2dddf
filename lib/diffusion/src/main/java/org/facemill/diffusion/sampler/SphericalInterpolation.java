package org.facemill.diffusion.sampler;

/** Points on the great circle between two identity contexts (sample.py, spherical_interpolation). */
public final class SphericalInterpolation {

    private SphericalInterpolation() {}

    /**
     * The unit vector at {@code fraction} of the way from {@code start} to {@code target}; both are scaled to unit length
     * first.
     *
     * @throws IllegalArgumentException where one is zero, or they are opposite: then there is no shortest way
     */
    public static float[] between(float[] start, float[] target, double fraction) {
        double[] a = unit(start);
        double[] b = unit(target);
        double cosine = 0;
        for (int i = 0; i < a.length; i++) {
            cosine += a[i] * b[i];
        }
        double angle = StrictMath.acos(Math.max(-1, Math.min(1, cosine)));
        if (Math.PI - angle < 1e-6) {
            throw new IllegalArgumentException("the vectors are opposite: no shortest way leads from one to the other");
        }
        // nearly equal vectors: sin(c angle) / sin(angle) tends to c
        double fromStart = angle < 1e-6 ? 1 - fraction : StrictMath.sin((1 - fraction) * angle) / StrictMath.sin(angle);
        double fromTarget = angle < 1e-6 ? fraction : StrictMath.sin(fraction * angle) / StrictMath.sin(angle);
        float[] result = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = (float) (fromStart * a[i] + fromTarget * b[i]);
        }
        return result;
    }

    private static double[] unit(float[] vector) {
        double squares = 0;
        for (float v : vector) {
            squares += (double) v * v;
        }
        if (squares == 0) {
            throw new IllegalArgumentException("a zero vector has no direction");
        }
        double[] unit = new double[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = vector[i] / Math.sqrt(squares);
        }
        return unit;
    }
}
