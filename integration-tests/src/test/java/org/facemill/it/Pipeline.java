package org.facemill.it;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.facemill.cli.CommandException;
import org.facemill.cli.RunClient;
import org.facemill.cli.RunStatus;
import org.facemill.cli.machine.Endpoints;
import org.facemill.cli.machine.Home;
import org.facemill.cli.machine.Machine;
import org.facemill.cli.machine.Programs;
import org.facemill.cli.machine.State;

/** The running system, as the tests see it. */
final class Pipeline implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int POLL_MILLIS = 100;

    private final Infrastructure infrastructure;
    private final Machine machine;
    private final RunClient runs;
    private final MinioClient store;

    private Pipeline(Infrastructure infrastructure, Machine machine) {
        this.infrastructure = infrastructure;
        this.machine = machine;
        this.runs = new RunClient(machine.url(Programs.CONTEXT));
        Endpoints endpoints = machine.endpoints();
        this.store = MinioClient.builder()
                .endpoint(endpoints.store().toString())
                .credentials(endpoints.accessKey(), endpoints.secretKey())
                .build();
    }

    static Pipeline start(Path state) throws Exception {
        Infrastructure infrastructure = Infrastructure.start();
        Machine.Settings settings = new Machine.Settings(
                new Home(Path.of(System.getProperty("facemill.root"))), new State(state), Programs.DATASET_SERVICES, 0, 2, System.err::println);
        return new Pipeline(infrastructure, infrastructure.machine(settings));
    }

    Endpoints endpoints() {
        return machine.endpoints();
    }

    RunClient runs() {
        return runs;
    }

    /** Kills a service, the broker or the store, and waits until it is back. */
    void killAndAwait(String program) throws InterruptedException {
        infrastructure.kill(machine, program);
    }

    /** Waits until a run is as the condition says; fails when it takes too long. */
    RunStatus await(String run, Predicate<RunStatus> condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        RunStatus last = null;
        while (System.nanoTime() < deadline) {
            try {
                last = runs.status(run);
                if (condition.test(last)) {
                    return last;
                }
            } catch (IOException | CommandException e) {
                // context-service may be the one that was killed
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new AssertionError("run " + run + " is still " + last + " after " + PATIENCE.toSeconds() + " s");
    }

    byte[] object(String bucket, String key) throws MinioException, IOException {
        try (InputStream object = store.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build())) {
            return object.readAllBytes();
        }
    }

    void put(String bucket, String key, byte[] bytes) {
        PutObjectArgs object = PutObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .stream(new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                .build();
        try {
            store.putObject(object);
        } catch (MinioException e) {
            throw new AssertionError("cannot put " + bucket + "/" + key, e);
        }
    }

    /** The objects under a prefix: key behind the prefix to bytes. */
    Map<String, byte[]> objects(String bucket, String prefix) throws MinioException, IOException {
        Map<String, byte[]> objects = new TreeMap<>();
        ListObjectsArgs all = ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true).build();
        for (Result<Item> item : store.listObjects(all)) {
            String key = item.get().objectName();
            objects.put(key.substring(prefix.length()), object(bucket, key));
        }
        return objects;
    }

    @Override
    public void close() {
        machine.close();
        infrastructure.close();
    }
}
