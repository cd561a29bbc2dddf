package org.facemill.cli.runs;

import io.minio.BucketExistsArgs;
import io.minio.DownloadObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.facemill.cli.machine.Endpoints;
import org.facemill.cli.output.CommandException;
import org.facemill.contracts.Buckets;

/** Copies between folders and the buckets of a running system: models in, datasets and reports out. */
public final class BucketTransfer {

    /** S3 requires a region; local servers accept any. */
    private static final String REGION = "us-east-1";

    private final MinioClient client;
    private final Endpoints endpoints;

    private BucketTransfer(MinioClient client, Endpoints endpoints) {
        this.client = client;
        this.endpoints = endpoints;
    }

    public static BucketTransfer at(Endpoints endpoints) {
        MinioClient client = MinioClient.builder()
                .endpoint(endpoints.store().toString())
                .credentials(endpoints.accessKey(), endpoints.secretKey())
                .region(REGION)
                .build();
        return new BucketTransfer(client, endpoints);
    }

    /** Mirrors the folder of models into the models bucket; uploads only files that are new or changed. */
    public void uploadModels(Path models, Consumer<String> log) {
        try {
            String bucket = endpoints.bucketPrefix() + Buckets.MODELS;
            if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
                client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
            }
            Map<String, Item> present = list(bucket, "");
            Set<String> uploaded = new TreeSet<>();
            for (Path file : files(models)) {
                String key = models.relativize(file).toString().replace('\\', '/');
                Item item = present.get(key);
                if (item == null || item.size() != Files.size(file) || isNewer(file, item)) {
                    client.uploadObject(UploadObjectArgs.builder()
                            .bucket(bucket)
                            .object(key)
                            .filename(file.toString())
                            .build());
                    uploaded.add(key.contains("/") ? key.substring(0, key.indexOf('/')) : key);
                }
            }
            if (!uploaded.isEmpty()) {
                log.accept("Models put into the store: " + String.join(", ", uploaded));
            }
        } catch (MinioException e) {
            throw failure("cannot put the models of " + models + " into it", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Copies every object under a prefix into a folder, replacing existing files.
     *
     * @return the number of objects copied
     */
    public int download(String name, String prefix, Path folder) throws IOException {
        String bucket = endpoints.bucketPrefix() + name;
        try {
            Set<String> keys = list(bucket, prefix).keySet();
            for (String key : keys) {
                Path file = folder.resolve(key.substring(prefix.length())).normalize();
                if (!file.startsWith(folder.normalize())) {
                    throw new CommandException(bucket + "/" + key + ": points outside of " + folder + ", not copied");
                }
                Files.createDirectories(file.getParent());
                client.downloadObject(DownloadObjectArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .filename(file.toString())
                        .overwrite(true)
                        .build());
            }
            return keys.size();
        } catch (MinioException e) {
            throw failure("cannot copy " + bucket + "/" + prefix, e);
        }
    }

    private Map<String, Item> list(String bucket, String prefix) throws MinioException {
        Map<String, Item> items = new HashMap<>();
        ListObjectsArgs all = ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(prefix)
                .recursive(true)
                .build();
        for (Result<Item> result : client.listObjects(all)) {
            Item item = result.get();
            if (!item.isDir()) {
                items.put(item.objectName(), item);
            }
        }
        return items;
    }

    private static boolean isNewer(Path file, Item item) throws IOException {
        Instant stored = item.lastModified().toInstant();
        return Files.getLastModifiedTime(file).toInstant().isAfter(stored);
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private CommandException failure(String what, MinioException e) {
        return new CommandException(
                what + ": the object store at " + endpoints.store() + " says: " + e.getMessage(), e);
    }
}
