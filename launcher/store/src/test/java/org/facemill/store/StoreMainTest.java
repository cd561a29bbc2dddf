package org.facemill.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreMainTest {

    private static final String ACCESS_KEY = "facemill";
    private static final String SECRET_KEY = "facemill-secret";

    @TempDir
    Path folder;

    private int port;
    private Process store;
    private MinioClient client;

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        startStore();
        client = clientOf(SECRET_KEY);
        client.makeBucket(MakeBucketArgs.builder().bucket("crops").build());
    }

    @AfterEach
    void stop() throws InterruptedException {
        store.destroyForcibly().waitFor();
    }

    @Test
    void anObjectOutlivesAKill() throws Exception {
        put("run/7.tar", "seven");

        store.destroyForcibly().waitFor();
        startStore();

        assertThat(get("run/7.tar")).isEqualTo("seven");
    }

    @Test
    void anUnfinishedObjectIsSweptAtTheNextStart() throws Exception {
        put("run/7.tar", "seven");
        store.destroyForcibly().waitFor();
        Path unfinished = folder.resolve("data/crops/run/8.tar-0f8fad5b-d9cb-469f-a165-70867728950e");
        Files.writeString(unfinished, "eig");

        startStore();

        assertThat(unfinished).doesNotExist();
        assertThat(keys()).containsExactly("run/7.tar");
    }

    @Test
    void anUnfinishedObjectIsNotListed() throws Exception {
        put("run/7.tar", "seven");
        Files.writeString(folder.resolve("data/crops/run/7.tar-0f8fad5b-d9cb-469f-a165-70867728950e"), "sev");

        assertThat(keys()).containsExactly("run/7.tar");
    }

    @Test
    void aWrongSecretIsRefused() throws Exception {
        MinioClient stranger = clientOf("guessed-secret");

        assertThatThrownBy(() -> stranger.bucketExists(
                        BucketExistsArgs.builder().bucket("crops").build()))
                .isInstanceOf(MinioException.class);
        assertThatThrownBy(() -> stranger.getObject(GetObjectArgs.builder()
                        .bucket("crops")
                        .object("run/7.tar")
                        .build()))
                .hasMessageContaining("signature");
    }

    private void startStore() throws Exception {
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreMain.class.getName(),
                        folder.resolve("data").toString(),
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("store.txt").toFile());
        program.environment().put(StoreMain.ACCESS_KEY, ACCESS_KEY);
        program.environment().put(StoreMain.SECRET_KEY, SECRET_KEY);
        store = program.start();
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!portIsOpen()) {
            assertThat(store.isAlive()).as("store is alive").isTrue();
            assertThat(System.nanoTime()).as("time until the port opens").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private boolean portIsOpen() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private MinioClient clientOf(String secret) {
        return MinioClient.builder()
                .endpoint("http://127.0.0.1:" + port)
                .credentials(ACCESS_KEY, secret)
                .build();
    }

    private void put(String key, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        client.putObject(PutObjectArgs.builder().bucket("crops").object(key).stream(
                        new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                .build());
    }

    private String get(String key) throws Exception {
        try (var object = client.getObject(
                GetObjectArgs.builder().bucket("crops").object(key).build())) {
            return new String(object.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> keys() throws Exception {
        List<String> keys = new ArrayList<>();
        for (var item : client.listObjects(
                ListObjectsArgs.builder().bucket("crops").recursive(true).build())) {
            keys.add(item.get().objectName());
        }
        return keys;
    }
}
