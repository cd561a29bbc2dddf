package org.facemill.torch;

import ai.djl.pytorch.engine.PtNDArray;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.facemill.tensor.DType;

/**
 * A handle to a tensor in libtorch's memory, freed with its {@link Scope} or by {@link #close()}.
 *
 * <p>There is no arithmetic here: computations are recorded (see {@link Recorder}) and run as a whole.
 */
public final class DeviceTensor implements AutoCloseable {
    private final PtNDArray array;

    DeviceTensor(PtNDArray array) {
        this.array = array;
    }

    /** Sizes of the dimensions; empty for a scalar. */
    public long[] shape() {
        return array.getShape().getShape().clone();
    }

    /** Number of elements. */
    public long size() {
        return array.getShape().size();
    }

    public DType dtype() {
        return TorchTypes.of(array.getDataType());
    }

    /** Copies the elements out, row-major; for FLOAT32. */
    public float[] floats() {
        require(DType.F32);
        float[] out = new float[Math.toIntExact(size())];
        bytes().asFloatBuffer().get(out);
        return out;
    }

    /** The single FLOAT32 element. */
    public float item() {
        float[] all = floats();
        if (all.length != 1) {
            throw new IllegalStateException("expected one element, the shape is " + Arrays.toString(shape()));
        }
        return all[0];
    }

    /** Copies the elements out, row-major, little-endian, any type; at most 2 GiB. */
    public ByteBuffer bytes() {
        return array.toByteBuffer(false);
    }

    private void require(DType expected) {
        if (dtype() != expected) {
            throw new IllegalStateException("expected a tensor of " + expected + ", this one is " + dtype());
        }
    }

    /** Makes this tensor live as long as {@code scope}. */
    public DeviceTensor moveTo(Scope scope) {
        array.attach(scope.manager());
        return this;
    }

    PtNDArray array() {
        return array;
    }

    @Override
    public void close() {
        array.close();
    }

    @Override
    public String toString() {
        return dtype() + Arrays.toString(shape());
    }
}
