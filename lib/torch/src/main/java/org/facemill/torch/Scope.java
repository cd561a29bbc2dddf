package org.facemill.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.facemill.tensor.DType;

/**
 * Owns native memory: all tensors made in a scope are freed when it is closed. Open one per request, step or batch with
 * try-with-resources. A scope belongs to one thread at a time.
 */
public final class Scope implements AutoCloseable {
    private final PtNDManager manager;
    private PtNDArray selector;

    private Scope(PtNDManager manager) {
        this.manager = manager;
    }

    /** A new scope on {@link Torch#device()}. */
    public static Scope open() {
        Torch.start();
        return new Scope((PtNDManager) Engine.getEngine("PyTorch").newBaseManager(Torch.djlDevice()));
    }

    /** FLOAT32 tensor with the given row-major elements. */
    public DeviceTensor floats(float[] data, long... shape) {
        ByteBuffer buffer = buffer(data.length, Float.BYTES);
        buffer.asFloatBuffer().put(data);
        return create(buffer, DType.F32, shape);
    }

    /** FLOAT32 scalar. */
    public DeviceTensor scalar(float value) {
        return floats(new float[] {value});
    }

    /** INT64 tensor with the given row-major elements. */
    public DeviceTensor longs(long[] data, long... shape) {
        ByteBuffer buffer = buffer(data.length, Long.BYTES);
        buffer.asLongBuffer().put(data);
        return create(buffer, DType.I64, shape);
    }

    /** INT64 scalar. */
    public DeviceTensor scalar(long value) {
        return longs(new long[] {value});
    }

    /** UINT8 tensor with the given row-major elements. */
    public DeviceTensor bytes(byte[] data, long... shape) {
        return create(buffer(data.length, 1).put(data).rewind(), DType.U8, shape);
    }

    /** FLOAT32 tensor of zeros. */
    public DeviceTensor zeros(long... shape) {
        return new DeviceTensor((PtNDArray) manager.zeros(new Shape(shape), TorchTypes.djl(DType.F32)));
    }

    /**
     * A tensor of the little-endian elements that remain in a direct buffer, which may be reused afterwards.
     *
     * @throws IllegalArgumentException if the buffer does not hold exactly {@code shape} elements
     */
    public DeviceTensor create(ByteBuffer data, DType dtype, long... shape) {
        requireSize(data, dtype, shape);
        Torch.prepareThread(false);
        // DJL's tensor is a view of the Java buffer and dangles once that is collected: keep libtorch's own copy
        try (PtNDArray view = view(data, dtype, shape)) {
            return new DeviceTensor(JniUtils.clone(view));
        }
    }

    /**
     * A tensor over the memory of a direct buffer, which must outlive the scope: what Java writes there libtorch reads, and the
     * other way round. For the processor; a GPU sees no memory of Java's.
     *
     * @throws IllegalArgumentException if the buffer does not hold exactly {@code shape} elements
     */
    public DeviceTensor shared(ByteBuffer data, DType dtype, long... shape) {
        if (Torch.djlDevice().isGpu()) {
            throw new IllegalStateException("memory is shared with the processor only, not with " + Torch.device());
        }
        requireSize(data, dtype, shape);
        return new DeviceTensor(view(data.slice().order(ByteOrder.LITTLE_ENDIAN), dtype, shape));
    }

    private PtNDArray view(ByteBuffer data, DType dtype, long... shape) {
        return JniUtils.createNdFromByteBuffer(
                manager, data, new Shape(shape), TorchTypes.djl(dtype), SparseFormat.DENSE, manager.getDevice());
    }

    private static void requireSize(ByteBuffer data, DType dtype, long... shape) {
        long expected = Arrays.stream(shape).reduce(1, Math::multiplyExact) * dtype.size();
        if (data.remaining() != expected) {
            throw new IllegalArgumentException("a tensor of " + dtype + Arrays.toString(shape) + " takes " + expected
                    + " bytes, given are " + data.remaining());
        }
    }

    private static ByteBuffer buffer(int elements, int bytes) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(elements, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    PtNDManager manager() {
        return manager;
    }

    /** The argument by which DJL learns where results live and which method is meant; it is not passed on. */
    PtNDArray selector() {
        if (selector == null) {
            selector = (PtNDArray) manager.zeros(new Shape(1));
            selector.setName("module_method:forward");
        }
        return selector;
    }

    @Override
    public void close() {
        manager.close();
    }
}
