package org.facemill.painter;

import org.facemill.contracts.Noise;
import org.facemill.contracts.event.IdentityContext;

/**
 * The fixed projection from contexts to traits: orthogonal directions in the 512-dimensional space, scaled so that a
 * uniformly distributed unit vector gives independent, nearly standard normal traits.
 */
final class TraitProjection {

    static final int CONTEXT = IdentityContext.DIMENSION;
    static final int TRAITS = 52;

    /** Names the projection; another seed paints another population. */
    private static final long SEED = 0x0FACE_0F_5EEDL;

    private final double[][] directions = new double[TRAITS][];

    TraitProjection() {
        for (int k = 0; k < TRAITS; k++) {
            directions[k] = orthonormalised(Noise.unitVector(SEED, k, CONTEXT), k);
        }
    }

    /** {@link #TRAITS} deviates of the direction of {@code context}. */
    double[] project(float[] context) {
        if (context.length != CONTEXT) {
            throw new IllegalArgumentException("A context has " + CONTEXT + " floats, not " + context.length);
        }
        double norm = 0;
        for (float c : context) {
            norm += (double) c * c;
        }
        if (!(norm > 0) || Double.isInfinite(norm)) {
            throw new IllegalArgumentException("A context needs a direction: its squared length is " + norm);
        }
        double scale = Math.sqrt(CONTEXT / norm);
        double[] traits = new double[TRAITS];
        for (int k = 0; k < TRAITS; k++) {
            double sum = 0;
            for (int i = 0; i < CONTEXT; i++) {
                sum += directions[k][i] * context[i];
            }
            traits[k] = sum * scale;
        }
        return traits;
    }

    /** Gram-Schmidt against the directions before {@code k}. */
    private double[] orthonormalised(float[] vector, int k) {
        double[] v = new double[CONTEXT];
        for (int i = 0; i < CONTEXT; i++) {
            v[i] = vector[i];
        }
        for (int j = 0; j < k; j++) {
            double dot = dot(v, directions[j]);
            for (int i = 0; i < CONTEXT; i++) {
                v[i] -= dot * directions[j][i];
            }
        }
        double norm = Math.sqrt(dot(v, v));
        for (int i = 0; i < CONTEXT; i++) {
            v[i] /= norm;
        }
        return v;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < CONTEXT; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
