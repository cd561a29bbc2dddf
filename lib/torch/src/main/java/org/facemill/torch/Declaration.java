package org.facemill.torch;

import java.util.Arrays;
import org.facemill.tensor.DType;

/**
 * A parameter (or buffer, which is not trained) that a computation needs.
 *
 * @param name its name in checkpoints
 */
public record Declaration(String name, long[] shape, DType dtype, Init init, boolean trained) {

    /** Number of elements. */
    public long size() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    void requireSame(Declaration other) {
        if (!Arrays.equals(shape, other.shape) || dtype != other.dtype || trained != other.trained) {
            throw new IllegalArgumentException("'" + name + "' is declared as " + dtype + Arrays.toString(shape)
                    + " and again as " + other.dtype + Arrays.toString(other.shape));
        }
    }
}
