package org.facemill.contexts;

/** Contexts that follow from seed and ordinal alone: as many as are wanted, and none needs to be kept. */
public non-sealed interface SeededSource extends ContextSource {

    /** The context of an identity. */
    float[] context(long seed, long ordinal);
}
