package org.facemill.evaluator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.IdentityEmbeddings;
import org.facemill.datasets.CropArchive;
import org.facemill.evaluation.comparison.Embeddings;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.platform.messaging.Work;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.store.StoredResults;
import org.facemill.platform.store.StoredResults.Stored;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Tensor;

/**
 * Encodes the crops of one identity by the recogniser that the recipe names. Embeddings that are there already are
 * announced again, not computed again.
 *
 * <p>An identity that cannot be encoded stays what it is, complete: its event becomes a dead letter, and the evaluation of the
 * dataset says why ({@link DatasetEvaluation}).
 */
final class CropEncoding implements Work<Crops> {

    private final ObjectStore store;
    private final StoredResults<Tensor> results;
    private final Recognisers recognisers;

    CropEncoding(ObjectStore store, Recognisers recognisers) {
        this.store = store;
        this.results = StoredResults.of(store, Buckets.EMBEDDINGS, new NpyFormat());
        this.recognisers = recognisers;
    }

    /** Embeddings, and where they lie. */
    record Encoded(ObjectRef object, Embeddings embeddings) {}

    @Override
    public List<Announcement> apply(Crops crops, Heartbeat heartbeat) throws Exception {
        Encoded encoded = encoded(crops);
        return List.of(new Announcement(
                Topics.EMBEDDINGS,
                new IdentityEmbeddings(
                        crops.run(),
                        crops.ordinal(),
                        crops.attempt(),
                        crops.encoder(),
                        encoded.object(),
                        encoded.embeddings().images(),
                        encoded.embeddings().dimension())));
    }

    @Override
    public boolean failsIdentity() {
        return false;
    }

    /** The embeddings of one identity: from the store where they are there, else made and stored. */
    Encoded encoded(Crops crops) throws Exception {
        Stored<Tensor> stored = results.findOrMake(
                Buckets.embeddings(crops.run(), crops.encoder(), crops.ordinal()), () -> embed(crops));
        return new Encoded(stored.ref(), embeddings(stored.ref(), stored.value()));
    }

    /** The embeddings that an event refers to. */
    static Embeddings read(ObjectStore store, ObjectRef object) throws IOException {
        Path file = Files.createTempFile("embeddings", ".npy");
        try {
            store.download(object, file);
            return read(object, file);
        } finally {
            Files.delete(file);
        }
    }

    /** The decoded crops of an archive. */
    static List<RgbImage> images(ObjectStore store, ObjectRef archive) {
        List<RgbImage> images = new ArrayList<>();
        for (byte[] crop : CropArchive.read(store.get(archive), archive.key())) {
            images.add(Images.decode(crop, name(archive, images.size()), Limits.DEFAULT));
        }
        return images;
    }

    private Tensor embed(Crops crops) throws IOException {
        float[][] rows = recognisers.embed(
                crops.encoder(), crops.landmarks(), images(store, crops.archive()), i -> name(crops.archive(), i));
        return Tensor.of(new long[] {rows.length, rows[0].length}, joined(rows));
    }

    private static String name(ObjectRef archive, int image) {
        return archive.key() + " image " + image;
    }

    private static Embeddings read(ObjectRef object, Path file) throws IOException {
        return embeddings(object, Npy.read(file));
    }

    private static Embeddings embeddings(ObjectRef object, Tensor tensor) {
        long[] shape = tensor.shape();
        if (shape.length != 2) {
            throw new IllegalArgumentException(
                    object.key() + ": array of " + shape.length + " dimensions where [images, dimension] is expected");
        }
        return Embeddings.normalised(
                object.key(), Math.toIntExact(shape[0]), Math.toIntExact(shape[1]), tensor.floats());
    }

    private static float[] joined(float[][] rows) {
        float[] joined = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, joined, row * rows[0].length, rows[0].length);
        }
        return joined;
    }

    private static final class NpyFormat implements StoredResults.Format<Tensor> {

        @Override
        public byte[] write(Tensor embeddings) throws IOException {
            Path file = Files.createTempFile("embeddings", ".npy");
            try {
                Npy.write(file, embeddings);
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        }

        @Override
        public Tensor read(byte[] bytes, String key) throws IOException {
            Path file = Files.createTempFile("embeddings", ".npy");
            try {
                return Npy.read(Files.write(file, bytes));
            } finally {
                Files.delete(file);
            }
        }
    }
}
