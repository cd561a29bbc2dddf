package org.facemill.context;

import java.util.List;
import org.facemill.contracts.Noise;

/** Where the contexts of a run's identities come from. */
interface ContextSource {

    /** Values of a context. */
    int DIMENSION = 512;

    /** How many identities there are contexts for. */
    long size();

    /** The context of an identity: a unit vector of {@value #DIMENSION} floats. */
    float[] context(long ordinal);

    /** Directions uniform on the sphere, from the run's seed. */
    static ContextSource uniform(long seed) {
        return new ContextSource() {

            @Override
            public long size() {
                return 1L << 32;
            }

            @Override
            public float[] context(long ordinal) {
                return Noise.unitVector(seed, ordinal, DIMENSION);
            }
        };
    }

    /** The rows of a file, in its order. */
    static ContextSource rows(List<float[]> rows) {
        return new ContextSource() {

            @Override
            public long size() {
                return rows.size();
            }

            @Override
            public float[] context(long ordinal) {
                return rows.get(Math.toIntExact(ordinal));
            }
        };
    }
}
