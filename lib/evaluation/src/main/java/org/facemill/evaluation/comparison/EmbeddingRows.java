package org.facemill.evaluation.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Embeddings of unit length, row by row, in a temporary file that is mapped block by block: half a million of 512 numbers are
 * 1 GB, of which no more is in memory than the system has room for.
 */
final class EmbeddingRows implements AutoCloseable {

    /** Rows that are mapped together. */
    static final int BLOCK = 4096;

    private final int dimension;
    private final FileChannel file;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private int size;

    EmbeddingRows(int dimension) {
        this.dimension = dimension;
        try {
            Path path = Files.createTempFile("embeddings", ".rows");
            this.file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Number of rows. */
    int size() {
        return size;
    }

    /** Number of blocks that hold them. */
    int blocks() {
        return blocks.size();
    }

    /** Adds the first {@code count} rows. */
    void add(float[] rows, int count) {
        for (int row = 0; row < count; row++) {
            if (size % BLOCK == 0) {
                blocks.add(map(blocks.size()));
            }
            blocks.get(size / BLOCK)
                    .slice(size % BLOCK * bytesPerRow(), bytesPerRow())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .put(rows, row * dimension, dimension);
            size++;
        }
    }

    /** A whole block; rows that there are not yet are zero. */
    ByteBuffer block(int index) {
        return blocks.get(index).duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Copies rows {@code from} to {@code to} (exclusive) to the beginning of a buffer. */
    void copy(int from, int to, ByteBuffer into) {
        into.clear();
        for (int row = from; row < to; row++) {
            into.put(blocks.get(row / BLOCK).slice(row % BLOCK * bytesPerRow(), bytesPerRow()));
        }
    }

    /** Rows {@code from} to {@code to} (exclusive), one after the other. */
    float[] floats(int from, int to) {
        float[] values = new float[Math.multiplyExact(to - from, dimension)];
        for (int row = from; row < to; row++) {
            blocks.get(row / BLOCK)
                    .slice(row % BLOCK * bytesPerRow(), bytesPerRow())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values, (row - from) * dimension, dimension);
        }
        return values;
    }

    /** Cosine of two rows. */
    float cosine(int first, int second) {
        float[] a = floats(first, first + 1);
        float[] b = floats(second, second + 1);
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            sum += (double) a[i] * b[i];
        }
        return (float) sum;
    }

    private int bytesPerRow() {
        return dimension * Float.BYTES;
    }

    private ByteBuffer map(int block) {
        long bytes = (long) BLOCK * bytesPerRow();
        try {
            return file.map(MapMode.READ_WRITE, block * bytes, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "room for " + bytes + " bytes of embeddings in " + System.getProperty("java.io.tmpdir") + ": "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
