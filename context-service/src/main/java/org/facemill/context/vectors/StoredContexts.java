package org.facemill.context.vectors;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.facemill.contexts.ContextFiles;
import org.facemill.contexts.StoredSource;
import org.facemill.contracts.Buckets;
import org.facemill.platform.store.ObjectStore;

/**
 * The contexts of a stored source, read and checked once: its vectors as written, as little-endian float32, one after the
 * other. A run keeps a copy of that, so that nothing that becomes of the source later, and no restart, changes the run.
 */
public final class StoredContexts implements AutoCloseable {

    private final Path rows;
    private final long size;

    private StoredContexts(Path rows, long size) {
        this.rows = rows;
        this.size = size;
    }

    /**
     * Reads and checks a source whose files are objects of the contexts bucket.
     *
     * @throws IOException where what it names is not usable
     * @throws org.facemill.platform.store.MissingObjectException where there is no such object
     */
    public static StoredContexts read(ObjectStore store, StoredSource source) throws IOException {
        Path folder = Files.createTempDirectory("contexts");
        List<Path> copies = new ArrayList<>();
        ContextFiles files = name -> {
            Path copy = folder.resolve(name);
            copies.add(copy);
            store.download(Buckets.CONTEXTS, name, copy);
            return copy;
        };
        try {
            Collection<float[]> vectors = source.read(files).values();
            return new StoredContexts(write(vectors), vectors.size());
        } catch (IOException e) {
            // users know the object, not the copy of it
            throw new IOException(e.getMessage().replace(folder.toString(), Buckets.CONTEXTS), e);
        } finally {
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
            Files.delete(folder);
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
