package org.facemill.contracts.recipe.generator;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The length at which a generator takes contexts, in training as in sampling: a property of the model, said by its recipe and
 * its configuration. Files and events carry contexts as they were written; whoever feeds the model scales them by this.
 */
public enum ContextNorm {
    /** Divided by their Euclidean norm, as both original repositories do. */
    @JsonProperty("unit")
    UNIT {
        @Override
        public float[] of(float[] context) {
            double squares = 0;
            for (float value : context) {
                squares += (double) value * value;
            }
            double norm = Math.sqrt(squares);
            if (!(norm > 0) || Double.isInfinite(norm)) {
                throw new IllegalArgumentException("a context of length " + norm + " has no direction");
            }
            float[] unit = context.clone();
            if (Math.abs(norm - 1) > ROUNDING) {
                for (int i = 0; i < unit.length; i++) {
                    unit[i] = (float) (unit[i] / norm);
                }
            }
            return unit;
        }
    },
    /** As they were written. */
    @JsonProperty("as_written")
    AS_WRITTEN {
        @Override
        public float[] of(float[] context) {
            return context.clone();
        }
    };

    /** A unit vector of floats is not one to the last bit; it is left as it is. */
    private static final double ROUNDING = 1e-6;

    /**
     * A context as the model takes it.
     *
     * @throws IllegalArgumentException where a zero vector, or one that is not finite, is to have unit length
     */
    public abstract float[] of(float[] context);
}
