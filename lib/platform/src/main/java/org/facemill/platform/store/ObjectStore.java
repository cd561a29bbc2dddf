package org.facemill.platform.store;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.RemoveObjectsArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import io.minio.messages.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DatasetDigest;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.platform.health.Retrier;

/**
 * The object store. Transient failures (no connection, a time-out, an overloaded server) are retried for as long as they
 * last, so a caller sees only what is final: {@link MissingObjectException}, {@link CorruptObjectException},
 * {@link StoreException}. Safe for use by many threads; blocks, so it must not be called on an event loop.
 *
 * <p>A bucket is given by its name in {@link org.facemill.contracts.Buckets}; an {@link ObjectRef} holds the name that it
 * has on the server, with the configured prefix.
 */
@ApplicationScoped
public class ObjectStore {

    /** The name under which health and metrics know the store. */
    static final String SYSTEM = "store";

    private static final long PART_BYTES = 16L << 20;
    private final MinioClient client;
    private final Retrier retrier;
    private final String prefix;

    ObjectStore(MinioClient client, Retrier retrier, StoreConfig config) {
        this.client = client;
        this.retrier = retrier;
        this.prefix = config.bucketPrefix().orElse("");
    }

    /** The name that a bucket has on the server: that of the references to its objects. */
    public String bucketName(String bucket) {
        return prefix + bucket;
    }

    /** Stores bytes, in place of what the key held. */
    public ObjectRef put(String bucket, String key, byte[] bytes) {
        ask(
                "put " + bucket + "/" + key,
                () -> client.putObject(putArgs(bucket, key, bytes).build()));
        return new ObjectRef(prefix + bucket, key, DatasetDigest.sha256(bytes));
    }

    /** Stores a value as JSON, in place of what the key held. */
    public ObjectRef putJson(String bucket, String key, Object value) {
        try {
            return put(bucket, key, Json.MAPPER.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Stores bytes where the key holds nothing.
     *
     * @return whether they were stored; of many callers at once one is told so, or none where its answer was lost
     */
    public boolean putIfAbsent(String bucket, String key, byte[] bytes) {
        return ask("put " + bucket + "/" + key, () -> {
            try {
                client.putObject(putArgs(bucket, key, bytes)
                        .headers(Map.of("If-None-Match", "*"))
                        .build());
                return true;
            } catch (ErrorResponseException e) {
                if (e.response().code() == 412) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Stores a file of any size, in place of what the key held. */
    public ObjectRef upload(String bucket, String key, Path file) throws IOException {
        long size = Files.size(file);
        String sha256 = Digests.of(file);
        ask("put " + bucket + "/" + key, () -> {
            try (InputStream in = Files.newInputStream(file)) {
                return client.putObject(PutObjectArgs.builder().bucket(prefix + bucket).object(key).stream(
                                in, size, size < PART_BYTES ? -1L : PART_BYTES)
                        .contentType(Transfers.contentType(key))
                        .build());
            }
        });
        return new ObjectRef(prefix + bucket, key, sha256);
    }

    /**
     * The bytes that an event refers to.
     *
     * @throws MissingObjectException where the store has no such object
     * @throws CorruptObjectException where it has another hash
     */
    public byte[] get(ObjectRef ref) {
        byte[] bytes = ask("get " + ref.bucket() + "/" + ref.key(), () -> read(ref.bucket(), ref.key()))
                .orElseThrow(() -> new MissingObjectException(ref));
        String sha256 = DatasetDigest.sha256(bytes);
        if (!sha256.equals(ref.sha256())) {
            throw new CorruptObjectException(ref, sha256);
        }
        return bytes;
    }

    /** The bytes under a key, if there are any. */
    public Optional<byte[]> find(String bucket, String key) {
        return ask("get " + bucket + "/" + key, () -> read(prefix + bucket, key));
    }

    /**
     * A part of the object under a key.
     *
     * @throws MissingObjectException where the store has no such object
     */
    public byte[] read(String bucket, String key, long offset, int length) {
        return ask(
                        "get " + key,
                        () -> read(GetObjectArgs.builder()
                                .bucket(prefix + bucket)
                                .object(key)
                                .offset(offset)
                                .length((long) length)
                                .build()))
                .orElseThrow(() -> new MissingObjectException(bucket, key));
    }

    /** The value under a key that {@link #putJson} wrote, if there is any. */
    public <T> Optional<T> findJson(String bucket, String key, Class<T> type) {
        return find(bucket, key).map(bytes -> {
            try {
                return Json.MAPPER.readValue(bytes, type);
            } catch (IOException e) {
                throw new IllegalStateException(
                        bucket + "/" + key + " is no " + type.getSimpleName() + " as JSON: " + e.getMessage(), e);
            }
        });
    }

    /**
     * Writes the object that an event refers to into a file, whatever its size.
     *
     * @throws MissingObjectException where the store has no such object
     * @throws CorruptObjectException where it has another hash; the file is deleted then
     */
    public void download(ObjectRef ref, Path file) throws IOException {
        String sha256 = copy(ref.bucket(), ref.key(), file);
        if (!sha256.equals(ref.sha256())) {
            Files.delete(file);
            throw new CorruptObjectException(ref, sha256);
        }
    }

    /**
     * Writes the object under a key into a file, whatever its size.
     *
     * @throws MissingObjectException where the store has no such object
     */
    public ObjectRef download(String bucket, String key, Path file) throws IOException {
        return new ObjectRef(prefix + bucket, key, copy(prefix + bucket, key, file));
    }

    /** Whether a key holds an object. */
    public boolean exists(String bucket, String key) {
        return ask("stat " + bucket + "/" + key, () -> {
            try {
                client.statObject(StatObjectArgs.builder()
                        .bucket(prefix + bucket)
                        .object(key)
                        .build());
                return true;
            } catch (ErrorResponseException e) {
                if (missing(e)) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** The keys that begin with a prefix, sorted. */
    public List<String> list(String bucket, String keyPrefix) {
        return List.copyOf(sizes(bucket, keyPrefix).keySet());
    }

    /** The sizes in bytes of the objects whose keys begin with a prefix, by key, sorted. */
    public SortedMap<String, Long> sizes(String bucket, String keyPrefix) {
        return ask("list " + bucket + "/" + keyPrefix, () -> {
            SortedMap<String, Long> sizes = new TreeMap<>();
            for (Result<Item> item : client.listObjects(ListObjectsArgs.builder()
                    .bucket(prefix + bucket)
                    .prefix(keyPrefix)
                    .recursive(true)
                    .build())) {
                sizes.put(item.get().objectName(), item.get().size());
            }
            return sizes;
        });
    }

    /**
     * A part of an object of any size, as it arrives: to be closed. What breaks on the way is not asked for again.
     *
     * @throws MissingObjectException where the store has no such object
     */
    public InputStream stream(String bucket, String key, long offset, long length) {
        return ask("get " + bucket + "/" + key, () -> {
                    try {
                        return Optional.<InputStream>of(client.getObject(GetObjectArgs.builder()
                                .bucket(prefix + bucket)
                                .object(key)
                                .offset(offset)
                                .length(length)
                                .build()));
                    } catch (ErrorResponseException e) {
                        if (missing(e)) {
                            return Optional.<InputStream>empty();
                        }
                        throw e;
                    }
                })
                .orElseThrow(() -> new MissingObjectException(bucket, key));
    }

    /** Deletes the object under a key, where there is one. */
    public void delete(String bucket, String key) {
        ask("delete " + bucket + "/" + key, () -> {
            client.removeObject(RemoveObjectArgs.builder()
                    .bucket(prefix + bucket)
                    .object(key)
                    .build());
            return true;
        });
    }

    /** Deletes the objects under several keys, where there are any, in few calls. */
    public void deleteAll(String bucket, Collection<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        ask("delete " + keys.size() + " objects of " + bucket, () -> {
            for (Result<DeleteResult.Error> error : client.removeObjects(RemoveObjectsArgs.builder()
                    .bucket(prefix + bucket)
                    .objects(keys.stream().map(DeleteRequest.Object::new).toList())
                    .build())) {
                throw new IllegalStateException(bucket + "/" + error.get().objectName() + " cannot be deleted: "
                        + error.get().message());
            }
            return true;
        });
    }

    /** Creates a bucket where it is missing. */
    void ensureBucket(String bucket) {
        ask("create bucket " + bucket, () -> {
            if (!client.bucketExists(
                    BucketExistsArgs.builder().bucket(prefix + bucket).build())) {
                makeBucket(prefix + bucket);
            }
            return true;
        });
    }

    private void makeBucket(String serverBucket) throws MinioException {
        try {
            client.makeBucket(MakeBucketArgs.builder().bucket(serverBucket).build());
        } catch (ErrorResponseException e) {
            // several services start at once
            if (!e.errorResponse().code().equals("BucketAlreadyOwnedByYou")) {
                throw e;
            }
        }
    }

    /** Asks the server once, without retries. */
    boolean probe(String bucket) throws MinioException {
        return client.bucketExists(
                BucketExistsArgs.builder().bucket(prefix + bucket).build());
    }

    private PutObjectArgs.Builder putArgs(String bucket, String key, byte[] bytes) {
        return PutObjectArgs.builder().bucket(prefix + bucket).object(key).stream(
                        new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                .contentType(Transfers.contentType(key));
    }

    private Optional<byte[]> read(String serverBucket, String key) throws MinioException, IOException {
        return read(GetObjectArgs.builder().bucket(serverBucket).object(key).build());
    }

    private Optional<byte[]> read(GetObjectArgs object) throws MinioException, IOException {
        try (GetObjectResponse in = client.getObject(object)) {
            return Optional.of(Transfers.bounded(in).readAllBytes());
        } catch (ErrorResponseException e) {
            if (missing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String copy(String serverBucket, String key, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        boolean found = ask("get " + serverBucket + "/" + key, () -> {
            try (InputStream in = client.getObject(GetObjectArgs.builder()
                            .bucket(serverBucket)
                            .object(key)
                            .build());
                    OutputStream out = Files.newOutputStream(file)) {
                Transfers.copy(in, out);
                return true;
            } catch (ErrorResponseException e) {
                if (missing(e)) {
                    return false;
                }
                throw e;
            }
        });
        if (!found) {
            throw new MissingObjectException(serverBucket, key);
        }
        return Digests.of(file);
    }

    private static boolean missing(ErrorResponseException e) {
        return e.response().code() == 404 && !e.errorResponse().code().equals("NoSuchBucket");
    }

    private <T> T ask(String request, Request<T> attempt) {
        return retrier.retry(
                SYSTEM,
                () -> {
                    try {
                        return attempt.send();
                    } catch (MinioException | IOException e) {
                        throw new StoreException(request, e);
                    } catch (IllegalStateException e) {
                        // so the client wraps a lost connection
                        throw e.getCause() instanceof IOException cause ? new StoreException(request, cause) : e;
                    } catch (IllegalArgumentException e) {
                        throw new StoreException(request, e);
                    }
                },
                new StoreFailures(this::serves));
    }

    /** Whether the store takes and gives an object, asked without retries. */
    private boolean serves() {
        try {
            client.putObject(
                    putArgs(Buckets.RUNS, Buckets.storeCheck(), new byte[] {1}).build());
            return read(prefix + Buckets.RUNS, Buckets.storeCheck()).isPresent();
        } catch (MinioException | IOException | RuntimeException e) {
            return false;
        }
    }

    @FunctionalInterface
    private interface Request<T> {
        T send() throws MinioException, IOException;
    }
}
