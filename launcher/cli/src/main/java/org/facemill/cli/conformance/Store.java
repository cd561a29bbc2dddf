package org.facemill.cli.conformance;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facemill.cli.machine.Endpoints;
import org.facemill.cli.output.CommandException;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DatasetDigest;
import org.facemill.contracts.ObjectRef;

/** The object store as an examiner needs it. */
final class Store {

    private static final String REGION = "us-east-1";
    private static final List<String> OF_RUNS = List.of(
            Buckets.RUNS, Buckets.BLOCKS, Buckets.ALIGNED, Buckets.CROPS, Buckets.EMBEDDINGS, Buckets.EVALUATIONS);

    private final MinioClient client;
    private final Endpoints endpoints;

    Store(Endpoints endpoints) {
        this.endpoints = endpoints;
        this.client = MinioClient.builder()
                .endpoint(endpoints.store().toString())
                .credentials(endpoints.accessKey(), endpoints.secretKey())
                .region(REGION)
                .build();
    }

    private interface Call<T> {
        T run() throws MinioException, IOException;
    }

    /** A bucket's name in this installation. */
    String bucket(String name) {
        return endpoints.bucketPrefix() + name;
    }

    ObjectRef put(String bucket, String key, byte[] bytes) {
        answered(() -> client.putObject(PutObjectArgs.builder().bucket(bucket(bucket)).object(key).stream(
                        new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                .build()));
        return new ObjectRef(bucket(bucket), key, DatasetDigest.sha256(bytes));
    }

    /** The bytes that a reference names, if there are any. */
    Optional<byte[]> find(ObjectRef ref) {
        return found(() -> {
            try (InputStream object = client.getObject(GetObjectArgs.builder()
                    .bucket(ref.bucket())
                    .object(ref.key())
                    .build())) {
                return object.readAllBytes();
            }
        });
    }

    /** When the object was written last, if it is there. */
    Optional<Instant> written(ObjectRef ref) {
        return found(() -> client.statObject(StatObjectArgs.builder()
                        .bucket(ref.bucket())
                        .object(ref.key())
                        .build())
                .lastModified()
                .toInstant());
    }

    /** Deletes all that services and plug-ins keep of a run. */
    void deleteRun(String run) {
        for (String name : OF_RUNS) {
            String bucket = bucket(name);
            answered(() -> {
                for (Result<Item> item : client.listObjects(ListObjectsArgs.builder()
                        .bucket(bucket)
                        .prefix(run + "/")
                        .recursive(true)
                        .build())) {
                    client.removeObject(RemoveObjectArgs.builder()
                            .bucket(bucket)
                            .object(item.get().objectName())
                            .build());
                }
                return true;
            });
        }
    }

    private <T> Optional<T> found(Call<T> call) {
        return answered(() -> {
            try {
                return Optional.of(call.run());
            } catch (ErrorResponseException e) {
                if (e.response().code() == 404) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private <T> T answered(Call<T> call) {
        try {
            return call.run();
        } catch (MinioException e) {
            throw new CommandException(
                    "the object store at " + endpoints.store() + " does not answer as expected: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
