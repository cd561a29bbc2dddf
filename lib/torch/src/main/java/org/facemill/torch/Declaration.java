package org.facemill.torch;

import java.util.Arrays;
import org.facemill.tensor.DType;

/**
 * A parameter (or buffer, which is not trained) that a computation needs.
 *
 * @param name   its name in checkpoints
 * @param layout how it lies in memory
 */
public record Declaration(String name, long[] shape, DType dtype, Layout layout, Init init, boolean trained) {

    /** Number of elements. */
    public long size() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Whether a tensor in memory has this shape; packing drops dimensions of length 1. */
    boolean fits(long[] other) {
        return Arrays.equals(shape, other) || layout.packed() && Arrays.equals(withoutOnes(shape), withoutOnes(other));
    }

    private static long[] withoutOnes(long[] shape) {
        return Arrays.stream(shape).filter(length -> length != 1).toArray();
    }

    void requireSame(Declaration other) {
        if (!Arrays.equals(shape, other.shape)
                || dtype != other.dtype
                || trained != other.trained
                || !layout.equals(other.layout)) {
            throw new IllegalArgumentException("'" + name + "' is declared as " + dtype + Arrays.toString(shape)
                    + " and again as " + other.dtype + Arrays.toString(other.shape));
        }
    }
}
