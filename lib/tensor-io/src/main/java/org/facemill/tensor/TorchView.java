package org.facemill.tensor;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A tensor as PyTorch stores it: a view by offset and strides (in elements) of a storage. */
record TorchView(TorchStorage storage, DType dtype, long offset, long[] shape, long[] stride) {
    /** Expanding costs nothing in a file; beyond this it is not taken for a tensor that someone meant to store. */
    private static final long MAX_EXPANDED = 1 << 24;

    /** From the arguments of {@code torch._utils._rebuild_tensor*}: storage, offset, shape, stride. */
    static TorchView of(TorchStorage storage, DType dtype, Object[] a) {
        return new TorchView(
                storage,
                dtype,
                ((Number) a[1]).longValue(),
                PickleGlobals.integers(a[2]),
                PickleGlobals.integers(a[3]));
    }

    /** The tensor, where {@code content} is the storage's. */
    Tensor tensor(String file, Bytes content) throws TensorFormatException {
        String what = "tensor of shape " + Arrays.toString(shape) + ", strides " + Arrays.toString(stride) + ", offset "
                + offset + " over a storage of " + content.size() + " bytes";
        try {
            long elements = Tensor.elements(shape);
            if (elements == 0) {
                return new Tensor(dtype, shape, new Bytes.InMemory(ByteBuffer.allocate(0)));
            }
            if (Math.multiplyExact(Math.addExact(lastElement(), 1), dtype.size()) > content.size()
                    || elements > Math.max(content.size(), MAX_EXPANDED)) {
                throw new TensorFormatException(file, what + " reaches beyond it; the file is damaged");
            }
            return new Tensor(
                    dtype,
                    shape,
                    isContiguous()
                            ? content.slice(offset * dtype.size(), elements * dtype.size())
                            : new Bytes.Strided(content, dtype.size(), offset, shape, stride));
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new TensorFormatException(file, what + " is impossible; the file is damaged", e);
        }
    }

    private long lastElement() {
        if (shape.length != stride.length || offset < 0 || Arrays.stream(stride).anyMatch(s -> s < 0)) {
            throw new IllegalArgumentException("negative or missing strides");
        }
        long last = offset;
        for (int d = 0; d < shape.length; d++) {
            last = Math.addExact(last, Math.multiplyExact(shape[d] - 1, stride[d]));
        }
        return last;
    }

    private boolean isContiguous() {
        long step = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            if (shape[d] != 1 && stride[d] != step) {
                return false;
            }
            step *= shape[d];
        }
        return true;
    }
}
