package org.facemill.evaluator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.ObjectRef;
import org.facemill.evaluation.comparison.Embeddings;
import org.facemill.evaluation.comparison.IdentitySeparation;
import org.facemill.platform.store.CorruptObjectException;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.ObjectStore;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Npz;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.facemill.tensor.TensorFormatException;
import org.jboss.logging.Logger;

/**
 * What live figures of a run are computed from, in the store: all embeddings in a few large objects, which are written once, and
 * the counts. Another instance goes on from there without reading each identity's embeddings, and counts no pair again.
 *
 * <p>{@code snapshot.json} is written last, and no other object is written twice, so that two instances that both believe
 * themselves the owner for a while leave a snapshot of one of them, never a mixture.
 */
final class LiveSnapshots {

    private static final Logger LOG = Logger.getLogger(LiveSnapshots.class);

    /** Embeddings in an object that is written once. */
    private static final int ROWS = 4096;

    private static final String TAIL = "tail";

    private final ObjectStore store;

    LiveSnapshots(ObjectStore store) {
        this.store = store;
    }

    /**
     * A snapshot as {@code snapshot.json} has it.
     *
     * @param dimension numbers in an embedding
     * @param rows      embeddings in order of arrival, {@value #ROWS} an object
     * @param counts    counts, and the embeddings that follow
     */
    record Snapshot(int dimension, List<ObjectRef> rows, ObjectRef counts) {}

    /** Accumulated scores, and the snapshot that they come from. */
    record Restored(IdentitySeparation separation, Snapshot snapshot) {}

    /** The latest snapshot; empty where there is none, or a part of it is damaged or missing. */
    Optional<Restored> restore(String run, String model) throws IOException {
        Optional<Snapshot> snapshot =
                store.findJson(Buckets.EVALUATIONS, Buckets.liveSnapshot(run, model), Snapshot.class);
        try {
            return snapshot.isPresent()
                    ? Optional.of(new Restored(separation(snapshot.get()), snapshot.get()))
                    : Optional.empty();
        } catch (MissingObjectException | CorruptObjectException | TensorFormatException | IllegalArgumentException e) {
            LOG.warnf("run %s: live figures begin anew, their snapshot is not whole: %s", run, e.getMessage());
            return Optional.empty();
        }
    }

    /** Keeps what was counted; {@code before} is what this instance kept or restored last. */
    Snapshot save(String run, String model, int dimension, IdentitySeparation separation, Optional<Snapshot> before)
            throws IOException {
        List<ObjectRef> rows = new ArrayList<>(before.map(Snapshot::rows).orElse(List.of()));
        for (int block = rows.size(); (block + 1) * ROWS <= separation.images(); block++) {
            Tensor tensor = rows(separation, dimension, block * ROWS, (block + 1) * ROWS);
            rows.add(upload(run, model, ".npy", file -> Npy.write(file, tensor)));
        }
        Map<String, Tensor> counts = new LinkedHashMap<>(separation.state());
        counts.put(TAIL, rows(separation, dimension, rows.size() * ROWS, separation.images()));
        Snapshot snapshot =
                new Snapshot(dimension, List.copyOf(rows), upload(run, model, ".npz", file -> Npz.write(file, counts)));
        store.putJson(Buckets.EVALUATIONS, Buckets.liveSnapshot(run, model), snapshot);
        before.ifPresent(old -> store.delete(Buckets.EVALUATIONS, old.counts().key()));
        return snapshot;
    }

    private static Tensor rows(IdentitySeparation separation, int dimension, int from, int to) {
        return Tensor.of(new long[] {to - from, dimension}, separation.rows(from, to));
    }

    /** Writes a file. */
    private interface Content {
        void write(Path file) throws IOException;
    }

    private ObjectRef upload(String run, String model, String suffix, Content content) throws IOException {
        Path file = Files.createTempFile("live", suffix);
        try {
            content.write(file);
            return store.upload(Buckets.EVALUATIONS, Buckets.livePart(run, model, UUID.randomUUID() + suffix), file);
        } finally {
            Files.delete(file);
        }
    }

    private IdentitySeparation separation(Snapshot snapshot) throws IOException {
        Path file = Files.createTempFile("live", null);
        IdentitySeparation separation = new IdentitySeparation(snapshot.dimension());
        try {
            store.download(snapshot.counts(), file);
            try (TensorFile counts = TensorFile.open(file)) {
                Rows rows = new Rows(snapshot, counts.get(TAIL).floats());
                long[] ordinals = IdentitySeparation.ordinals(counts.tensors());
                long[] images = IdentitySeparation.images(counts.tensors());
                for (int i = 0; i < ordinals.length; i++) {
                    int count = Math.toIntExact(images[i]);
                    separation.add(ordinals[i], new Embeddings(count, snapshot.dimension(), rows.next(count)));
                }
                separation.resume(counts.tensors());
            }
            return separation;
        } catch (IOException | RuntimeException e) {
            separation.close();
            throw e;
        } finally {
            Files.delete(file);
        }
    }

    /** The embeddings of a snapshot, one after the other; one object of them in memory. */
    private final class Rows {
        private final Snapshot snapshot;
        private final float[] tail;
        private float[] current = new float[0];
        private int at;
        private int block;

        Rows(Snapshot snapshot, float[] tail) {
            this.snapshot = snapshot;
            this.tail = tail;
        }

        float[] next(int rows) throws IOException {
            float[] values = new float[Math.multiplyExact(rows, snapshot.dimension())];
            int filled = 0;
            while (filled < values.length) {
                if (at == current.length) {
                    current = block < snapshot.rows().size()
                            ? read(snapshot.rows().get(block))
                            : tail;
                    block++;
                    at = 0;
                }
                int count = Math.min(values.length - filled, current.length - at);
                if (count == 0) {
                    throw new IllegalArgumentException("it holds fewer embeddings than its identities have");
                }
                System.arraycopy(current, at, values, filled, count);
                at += count;
                filled += count;
            }
            return values;
        }

        private float[] read(ObjectRef object) throws IOException {
            Path file = Files.createTempFile("live", null);
            try {
                store.download(object, file);
                return Npy.read(file).floats();
            } finally {
                Files.delete(file);
            }
        }
    }
}
