package org.facemill.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Where the row-major little-endian content of a tensor lies. */
sealed interface Bytes permits Bytes.InFile, Bytes.InMemory, Bytes.Slice, Bytes.Swapped, Bytes.Strided, Deflated {

    long size();

    /** Fills {@code into} up to its limit from {@code position} on; both are multiples of the element size. */
    void read(long position, ByteBuffer into) throws IOException;

    /** All of it as one read-only little-endian buffer; at most 2 GB. */
    ByteBuffer buffer() throws IOException;

    /** The span of {@code length} bytes at {@code from}, within this one. */
    default Bytes slice(long from, long length) {
        return new Slice(this, from, length);
    }

    /** A span of an open file, mapped when asked for as a buffer. */
    record InFile(FileChannel channel, long start, long size) implements Bytes {

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            if (position < 0 || position + into.remaining() > size) {
                throw new IndexOutOfBoundsException("bytes " + position + "+" + into.remaining() + " of " + size);
            }
            for (long at = start + position; into.hasRemaining(); ) {
                int n = channel.read(into, at);
                if (n < 0) {
                    throw new EOFException("the file became shorter while it was read");
                }
                at += n;
            }
        }

        @Override
        public ByteBuffer buffer() throws IOException {
            return channel.map(FileChannel.MapMode.READ_ONLY, start, size).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public InFile slice(long from, long length) {
            return new InFile(channel, start + from, length);
        }
    }

    /** Content already in memory. */
    record InMemory(ByteBuffer content) implements Bytes {

        @Override
        public long size() {
            return content.capacity();
        }

        @Override
        public void read(long position, ByteBuffer into) {
            into.put(content.slice(Math.toIntExact(position), into.remaining()));
        }

        @Override
        public ByteBuffer buffer() {
            return content.asReadOnlyBuffer().clear().order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public InMemory slice(long from, long length) {
            return new InMemory(content.slice(Math.toIntExact(from), Math.toIntExact(length)));
        }
    }

    /** A span of other bytes. */
    record Slice(Bytes base, long start, long size) implements Bytes {

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            base.read(start + position, into);
        }

        @Override
        public ByteBuffer buffer() throws IOException {
            return base.buffer()
                    .slice(Math.toIntExact(start), Math.toIntExact(size))
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Big-endian elements, turned round as they are read. */
    record Swapped(Bytes base, int itemSize) implements Bytes {

        @Override
        public long size() {
            return base.size();
        }

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            int start = into.position();
            base.read(position, into);
            for (int item = start; item < into.limit(); item += itemSize) {
                for (int i = item, j = item + itemSize - 1; i < j; i++, j--) {
                    byte b = into.get(i);
                    into.put(i, into.get(j)).put(j, b);
                }
            }
        }

        @Override
        public ByteBuffer buffer() throws IOException {
            return inMemory(this);
        }
    }

    /** A view by strides (in elements) over a storage, gathered as it is read. */
    record Strided(Bytes storage, int itemSize, long offset, long[] shape, long[] stride) implements Bytes {

        @Override
        public long size() {
            return Tensor.elements(shape) * itemSize;
        }

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            ByteBuffer source = storage.buffer();
            long[] index = new long[shape.length];
            long rest = position / itemSize;
            for (int d = shape.length - 1; d >= 0; d--) {
                index[d] = rest % shape[d];
                rest /= shape[d];
            }
            while (into.hasRemaining()) {
                long from = offset;
                for (int d = 0; d < shape.length; d++) {
                    from += index[d] * stride[d];
                }
                into.put(source.slice(Math.toIntExact(from * itemSize), itemSize));
                for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
                    index[d] = 0;
                }
            }
        }

        @Override
        public ByteBuffer buffer() throws IOException {
            return inMemory(this);
        }
    }

    private static ByteBuffer inMemory(Bytes bytes) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(bytes.size()));
        bytes.read(0, all);
        return all.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
