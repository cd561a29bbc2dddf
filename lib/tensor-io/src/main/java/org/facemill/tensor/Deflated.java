package org.facemill.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A compressed entry of an archive, unpacked into memory when more than its head is read. */
final class Deflated implements Bytes {
    /** Enough for the header of a .npy file, so that listing an archive unpacks no data. */
    private static final int HEAD = 1 << 16;
    /** Deflate packs no tighter than this; a larger promise is a lie. */
    private static final int MAX_RATIO = 1032;

    private final String name;
    private final Bytes packed;
    private final int size;
    private ByteBuffer unpacked;

    private Deflated(String name, Bytes packed, int size) {
        this.name = name;
        this.packed = packed;
        this.size = size;
    }

    static Deflated of(String file, String entry, Bytes packed, long size) throws TensorFormatException {
        if (size > Integer.MAX_VALUE - 8 || size > (packed.size() + 1) * MAX_RATIO) {
            throw new TensorFormatException(
                    file,
                    "the compressed entry `" + entry + "` claims " + size + " bytes from " + packed.size()
                            + "; write it without compression");
        }
        return new Deflated(file + "!" + entry, packed, (int) size);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public synchronized void read(long position, ByteBuffer into) throws IOException {
        long end = position + into.remaining();
        if (unpacked == null) {
            ByteBuffer content = inflate(end <= HEAD ? (int) end : size);
            unpacked = end <= HEAD ? null : content;
            into.put(content.slice((int) position, into.remaining()));
        } else {
            into.put(unpacked.slice((int) position, into.remaining()));
        }
    }

    @Override
    public synchronized ByteBuffer buffer() throws IOException {
        if (unpacked == null) {
            unpacked = inflate(size);
        }
        return unpacked.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer inflate(int length) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed.buffer());
            ByteBuffer out = ByteBuffer.allocate(length);
            while (out.hasRemaining() && inflater.inflate(out) > 0) {
                // until the buffer is full or the data end
            }
            if (out.hasRemaining()) {
                throw new TensorFormatException(
                        name, "unpacks to " + out.position() + " bytes, not " + length + "; the archive is damaged");
            }
            return out.flip();
        } catch (DataFormatException e) {
            throw new TensorFormatException(name, "damaged compressed data (" + e.getMessage() + ")", e);
        } finally {
            inflater.end();
        }
    }
}
