package org.facemill.contexts;

import org.facemill.contracts.Noise;
import org.facemill.contracts.event.IdentityContext;

/** Directions uniform on the sphere (IDiff-Face, create_sample_identity_contexts.py, by our own noise). */
public record UniformSource() implements SeededSource {

    @Override
    public String name() {
        return "uniform";
    }

    @Override
    public String description() {
        return "directions uniform on the sphere, from the seed";
    }

    @Override
    public float[] context(long seed, long ordinal) {
        return Noise.unitVector(seed, ordinal, IdentityContext.DIMENSION);
    }
}
