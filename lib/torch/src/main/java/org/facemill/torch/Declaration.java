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

    /**
     * Whether its memory is laid out with channels innermost: in bfloat16 convolutions are 2 to 7 times as fast that way, and
     * what they give is laid out like their weights. In float32 the plain layout is the faster one at most sizes.
     */
    boolean channelsLast() {
        return dtype == DType.BF16 && shape.length == 4;
    }

    void requireSame(Declaration other) {
        if (!Arrays.equals(shape, other.shape) || dtype != other.dtype || trained != other.trained) {
            throw new IllegalArgumentException("'" + name + "' is declared as " + dtype + Arrays.toString(shape)
                    + " and again as " + other.dtype + Arrays.toString(other.shape));
        }
    }
}
