package org.facemill.context.vectors;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.facemill.contracts.Buckets;
import org.facemill.platform.store.ObjectStore;
import org.facemill.tensor.Contexts;

/**
 * A contexts file, read and checked once: its vectors as written, as little-endian float32, one after the other. A run
 * keeps a copy of that, so that nothing that becomes of the file later, and no restart, changes the run.
 */
public final class ContextsFile implements AutoCloseable {

    private final Path rows;
    private final long size;

    private ContextsFile(Path rows, long size) {
        this.rows = rows;
        this.size = size;
    }

    /**
     * Reads and checks an object of the contexts bucket.
     *
     * @throws IOException where it is no contexts file, or one of another dimension
     * @throws org.facemill.platform.store.MissingObjectException where there is none
     */
    public static ContextsFile open(ObjectStore store, String name) throws IOException {
        Path folder = Files.createTempDirectory("contexts");
        Path file = folder.resolve(name);
        try {
            store.download(Buckets.CONTEXTS, name, file);
            Map<String, float[]> contexts = Contexts.read(file);
            requireDirections(file, contexts);
            Collection<float[]> vectors = contexts.values();
            int dimension = vectors.iterator().next().length;
            if (dimension != ContextVectors.DIMENSION) {
                throw new IOException(file + ": holds vectors of " + dimension + " values, contexts have "
                        + ContextVectors.DIMENSION);
            }
            return new ContextsFile(write(vectors), vectors.size());
        } catch (IOException e) {
            // users know the object, not the copy of it
            throw new IOException(e.getMessage().replace(folder.toString(), Buckets.CONTEXTS), e);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void requireDirections(Path file, Map<String, float[]> contexts) throws IOException {
        for (Map.Entry<String, float[]> context : contexts.entrySet()) {
            if (Contexts.isZero(context.getValue())) {
                throw new IOException(file + ": the context `" + context.getKey()
                        + "` is the zero vector, which has no direction; leave it out");
            }
        }
    }

    private static Path write(Collection<float[]> vectors) throws IOException {
        Path rows = Files.createTempFile("contexts", ".f32");
        ByteBuffer row = ByteBuffer.allocate(ContextVectors.ROW_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(rows))) {
            for (float[] vector : vectors) {
                row.asFloatBuffer().put(vector);
                out.write(row.array());
            }
        }
        return rows;
    }

    /** How many identities it has contexts for. */
    public long size() {
        return size;
    }

    /** Stores a run's copy. */
    public void copyTo(ObjectStore store, String run) throws IOException {
        store.upload(Buckets.RUNS, Buckets.contexts(run), rows);
    }

    @Override
    public void close() {
        try {
            Files.delete(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
