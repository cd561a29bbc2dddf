package org.facemill.datasets;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file read at any place by any thread. */
final class RandomFile implements Closeable {

    private final Path path;
    private final FileChannel channel;
    private final long size;

    RandomFile(Path path) {
        this.path = path;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            size = channel.size();
        } catch (IOException e) {
            throw new DatasetException(path + ": cannot be opened (" + e + "); is the dataset complete?", e);
        }
    }

    /**
     * Little-endian bytes.
     *
     * @throws DatasetException if they reach past the end
     */
    ByteBuffer read(long at, long length) {
        if (at < 0 || length < 0 || length > size - at || length > Integer.MAX_VALUE - 8) {
            throw new DatasetException(
                    "%s: %d bytes at %d reach past the end (%d bytes); is the file truncated, or its index another's?"
                            .formatted(path, length, at, size));
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, at + buffer.position()) < 0) {
                    throw new DatasetException(path + ": became shorter while it was read");
                }
            }
        } catch (IOException e) {
            throw new DatasetException(path + ": cannot be read at " + at + " (" + e + ")", e);
        }
        return buffer.flip();
    }

    @Override
    public String toString() {
        return path.toString();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be closed", e);
        }
    }
}
