import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** The object store. What passes by waiting is waited for: no connection, a time-out, an overloaded server. */
final class Store {

    /** Refusals that pass by waiting; so do all from 500 on. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final String prefix = System.getenv().getOrDefault("FACEMILL_STORE_BUCKET_PREFIX", "");
    private final MinioClient client = MinioClient.builder()
            .endpoint(System.getenv("FACEMILL_STORE_URL"))
            .credentials(System.getenv("FACEMILL_STORE_ACCESS_KEY"), System.getenv("FACEMILL_STORE_SECRET_KEY"))
            .region("us-east-1")
            .build();

    private interface Call<T> {
        T run() throws MinioException, IOException;
    }

    /** The bytes under a key, if there are any. */
    Optional<byte[]> find(String bucket, String key) throws Exception {
        return read(prefix + bucket, key);
    }

    /** The bytes that an event refers to. */
    byte[] get(JsonNode ref) throws Exception {
        String object = ref.path("bucket").asText() + "/" + ref.path("key").asText();
        byte[] bytes = read(ref.path("bucket").asText(), ref.path("key").asText())
                .orElseThrow(() -> new Plugin.Refused(object + " is not there"));
        if (!sha256(bytes).equals(ref.path("sha256").asText())) {
            throw new Plugin.Refused(object + " has another SHA-256 than the event says");
        }
        return bytes;
    }

    /** Stores bytes; the reference by which events name them. */
    ObjectNode put(String bucket, String key, byte[] bytes) throws Exception {
        patiently(() -> client.putObject(PutObjectArgs.builder().bucket(prefix + bucket).object(key).stream(
                        new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                .build()));
        return reference(bucket, key, bytes);
    }

    /** Deletes an object, if it is there. */
    void remove(String bucket, String key) throws Exception {
        patiently(() -> {
            client.removeObject(RemoveObjectArgs.builder()
                    .bucket(prefix + bucket)
                    .object(key)
                    .build());
            return true;
        });
    }

    /** How events name an object. */
    ObjectNode reference(String bucket, String key, byte[] bytes) throws Exception {
        return Plugin.JSON
                .createObjectNode()
                .put("bucket", prefix + bucket)
                .put("key", key)
                .put("sha256", sha256(bytes));
    }

    private Optional<byte[]> read(String bucket, String key) throws Exception {
        try {
            return Optional.of(patiently(() -> {
                try (InputStream object = client.getObject(
                        GetObjectArgs.builder().bucket(bucket).object(key).build())) {
                    return object.readAllBytes();
                }
            }));
        } catch (ErrorResponseException e) {
            if (e.response().code() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static <T> T patiently(Call<T> call) throws MinioException, InterruptedException {
        while (true) {
            try {
                return call.run();
            } catch (ErrorResponseException e) {
                if (e.response().code() < 500 && !PASSING.contains(e.response().code())) {
                    throw e;
                }
            } catch (IOException e) {
                System.err.println("the store: " + e);
            } catch (MinioException e) {
                if (!(e.getCause() instanceof IOException)) {
                    throw e;
                }
            }
            Thread.sleep(1000);
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
