package org.facemill.tensor;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A dense array: element type, shape and row-major content, which stays in its file until it is read.
 * A tensor that came from a {@link TensorFile} is readable until that file is closed. Immutable, safe for many threads.
 */
public final class Tensor {
    private static final int CHUNK = 1 << 16;

    private final DType dtype;
    private final long[] shape;
    private final long elements;
    private final Bytes bytes;

    Tensor(DType dtype, long[] shape, Bytes bytes) {
        this.dtype = dtype;
        this.shape = shape.clone();
        this.elements = elements(shape);
        this.bytes = bytes;
        if (Math.multiplyExact(elements, dtype.size()) != bytes.size()) {
            throw new IllegalArgumentException(dtype + " of shape " + Arrays.toString(shape) + " wants "
                    + elements * dtype.size() + " bytes, there are " + bytes.size());
        }
    }

    /** An F32 tensor that holds a copy of {@code values}. */
    public static Tensor of(long[] shape, float... values) {
        ByteBuffer b = ByteBuffer.allocate(Math.multiplyExact(values.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
        b.asFloatBuffer().put(values);
        return new Tensor(DType.F32, shape, new Bytes.InMemory(b));
    }

    /** An I64 tensor that holds a copy of {@code values}. */
    public static Tensor of(long[] shape, long... values) {
        ByteBuffer b = ByteBuffer.allocate(Math.multiplyExact(values.length, 8)).order(ByteOrder.LITTLE_ENDIAN);
        b.asLongBuffer().put(values);
        return new Tensor(DType.I64, shape, new Bytes.InMemory(b));
    }

    /** A tensor over the remaining bytes of {@code littleEndian}, which is not copied. */
    public static Tensor of(DType dtype, long[] shape, ByteBuffer littleEndian) {
        return new Tensor(dtype, shape, new Bytes.InMemory(littleEndian.slice()));
    }

    /** Product of a shape's dimensions, each at least 0; 1 for a scalar. */
    static long elements(long[] shape) {
        long n = 1;
        for (long d : shape) {
            if (d < 0) {
                throw new IllegalArgumentException("negative dimension in shape " + Arrays.toString(shape));
            }
            n = Math.multiplyExact(n, d);
        }
        return n;
    }

    /** The part at {@code index} of the first dimension, such as one row of a matrix; shares the content. */
    public Tensor part(long index) {
        long[] rest = Arrays.copyOfRange(shape, 1, shape.length);
        long size = elements(rest) * dtype.size();
        return new Tensor(dtype, rest, bytes.slice(Objects.checkIndex(index, shape[0]) * size, size));
    }

    public DType dtype() {
        return dtype;
    }

    public long[] shape() {
        return shape.clone();
    }

    public long elements() {
        return elements;
    }

    public long byteSize() {
        return bytes.size();
    }

    /**
     * Fills {@code into} from its position to its limit with the row-major little-endian content from byte
     * {@code position} on; both multiples of the element size. Filling one direct buffer again and again is the
     * way to load a large checkpoint: nothing passes through the heap, and no mapped pages stay resident.
     */
    public void read(long position, ByteBuffer into) {
        try {
            bytes.read(position, into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole content as a read-only little-endian buffer, mapped where it lies in a file; at most 2 GB. */
    public ByteBuffer bytes() {
        try {
            return bytes.buffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All elements as float, rounded where the type is wider. */
    public float[] floats() {
        float[] out = new float[Math.toIntExact(elements)];
        forEachChunk((chunk, first, n) -> {
            for (int i = 0; i < n; i++) {
                out[(int) first + i] = (float) dtype.real(chunk, i * dtype.size());
            }
        });
        return out;
    }

    /** All elements as double. */
    public double[] doubles() {
        double[] out = new double[Math.toIntExact(elements)];
        forEachChunk((chunk, first, n) -> {
            for (int i = 0; i < n; i++) {
                out[(int) first + i] = dtype.real(chunk, i * dtype.size());
            }
        });
        return out;
    }

    /** All elements of an integer or boolean tensor. */
    public long[] longs() {
        if (dtype.isFloating()) {
            throw new IllegalStateException("a tensor of " + dtype + " holds no integers; use floats()");
        }
        long[] out = new long[Math.toIntExact(elements)];
        forEachChunk((chunk, first, n) -> {
            for (int i = 0; i < n; i++) {
                out[(int) first + i] = dtype.integer(chunk, i * dtype.size());
            }
        });
        return out;
    }

    /** The Euclidean (Frobenius) norm, read chunk by chunk. */
    public double norm() {
        double[] squares = {0};
        forEachChunk((chunk, first, n) -> {
            for (int i = 0; i < n; i++) {
                double value = dtype.real(chunk, i * dtype.size());
                squares[0] += value * value;
            }
        });
        return Math.sqrt(squares[0]);
    }

    /** Writes the content, chunk by chunk. */
    void writeTo(OutputStream out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, byteSize()));
        for (long at = 0; at < byteSize(); at += chunk.limit()) {
            bytes.read(at, chunk.clear().limit((int) Math.min(chunk.capacity(), byteSize() - at)));
            out.write(chunk.array(), 0, chunk.limit());
        }
    }

    private interface ChunkReader {
        void accept(ByteBuffer chunk, long firstElement, int elements);
    }

    private void forEachChunk(ChunkReader reader) {
        int perChunk = CHUNK / dtype.size();
        ByteBuffer chunk =
                ByteBuffer.allocate((int) Math.min(CHUNK, byteSize())).order(ByteOrder.LITTLE_ENDIAN);
        for (long first = 0; first < elements; first += perChunk) {
            int n = (int) Math.min(perChunk, elements - first);
            read(first * dtype.size(), chunk.clear().limit(n * dtype.size()));
            reader.accept(chunk, first, n);
        }
    }

    @Override
    public String toString() {
        return dtype + Arrays.toString(shape);
    }
}
