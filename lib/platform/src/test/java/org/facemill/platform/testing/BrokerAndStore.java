package org.facemill.platform.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real broker and a real store for the tests of a service: {@code @QuarkusTestResource(BrokerAndStore.class)}. They are
 * the launcher's, as child processes, so they must be built: {@code mvn -pl launcher/child,launcher/broker,launcher/store package}.
 */
public class BrokerAndStore implements QuarkusTestResourceLifecycleManager {

    static final String ACCESS_KEY = "facemill";
    static final String SECRET_KEY = "facemill-secret";

    private static ChildProgram broker;
    private static ChildProgram store;
    private Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("facemill-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = new ChildProgram(
                "broker", "org.facemill.broker.BrokerMain", folder, List.of("-XX:TieredStopAtLevel=1"));
        store = new ChildProgram("store", "org.facemill.store.StoreMain", folder, List.of());
        broker.start();
        store.start();
        broker.awaitReady();
        store.awaitReady();
        return Map.of(
                "kafka.bootstrap.servers",
                "127.0.0.1:" + broker.port(),
                "facemill.store.url",
                "http://127.0.0.1:" + store.port(),
                "facemill.store.access-key",
                ACCESS_KEY,
                "facemill.store.secret-key",
                SECRET_KEY,
                "quarkus.http.test-port",
                "0",
                // REST Assured gives up after 30 s otherwise, which a busy machine may need for a first request
                "quarkus.http.test-timeout",
                "3M");
    }

    /** The broker, for tests that end it. */
    public static ChildProgram broker() {
        return broker;
    }

    /** The store, for tests that end it. */
    public static ChildProgram store() {
        return store;
    }

    @Override
    public void stop() {
        broker.kill();
        store.kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
