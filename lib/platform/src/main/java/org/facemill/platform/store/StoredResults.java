package org.facemill.platform.store;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.contracts.DatasetDigest;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;

/**
 * What a stage makes for a key, once: found in the store, or made and stored. The object is the commit mark: where a result
 * is several objects, it is the one that refers to the others, which are stored while it is made.
 *
 * @param <R> the result as the stage knows it
 */
public final class StoredResults<R> {

    private final ObjectStore store;
    private final String bucket;
    private final Format<R> format;

    private StoredResults(ObjectStore store, String bucket, Format<R> format) {
        this.store = store;
        this.bucket = bucket;
        this.format = format;
    }

    /** How a result lies in its object. */
    public interface Format<R> {

        byte[] write(R result) throws IOException;

        /** @param key what messages call the object */
        R read(byte[] bytes, String key) throws IOException;
    }

    /**
     * A result in the store.
     *
     * @param ref   to its object
     * @param value what that holds
     */
    public record Stored<R>(ObjectRef ref, R value) {}

    /** Results of a stage in a bucket, in a format of their own. */
    public static <R> StoredResults<R> of(ObjectStore store, String bucket, Format<R> format) {
        return new StoredResults<>(store, bucket, format);
    }

    /** Results of a stage in a bucket, as JSON. */
    public static <R> StoredResults<R> json(ObjectStore store, String bucket, Class<R> type) {
        return of(store, bucket, new Format<>() {
            @Override
            public byte[] write(R result) throws IOException {
                return Json.MAPPER.writeValueAsBytes(result);
            }

            @Override
            public R read(byte[] bytes, String key) throws IOException {
                return Json.MAPPER.readValue(bytes, type);
            }
        });
    }

    /** The result under a key: found where it was made before, otherwise made, and stored when all else is. */
    public Stored<R> findOrMake(String key, Callable<R> make) throws Exception {
        Optional<byte[]> found = store.find(bucket, key);
        if (found.isPresent()) {
            ObjectRef ref = new ObjectRef(store.bucketName(bucket), key, DatasetDigest.sha256(found.get()));
            return new Stored<>(ref, format.read(found.get(), key));
        }
        R made = make.call();
        return new Stored<>(store.put(bucket, key, format.write(made)), made);
    }
}
