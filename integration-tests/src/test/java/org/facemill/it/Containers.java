package org.facemill.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.facemill.cli.machine.Endpoints;
import org.facemill.cli.machine.Machine;
import org.facemill.cli.machine.Programs;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** Broker and store as containers with ports that outlive a restart; the images are those of docker-compose.yml. */
final class Containers implements Infrastructure {

    private static final String ACCESS_KEY = "facemill";
    private static final String SECRET_KEY = "facemill-secret";
    private static final int KAFKA_PORT = 29092;
    private static final int STORE_PORT = 9000;

    private final int kafkaPort = freePort();
    private final int storePort = freePort();
    private final GenericContainer<?> kafka = container("apache/kafka:4.1.1", kafkaPort, KAFKA_PORT)
            .withEnv(Map.ofEntries(
                    Map.entry("KAFKA_NODE_ID", "1"),
                    Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                    Map.entry("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093,HOST://:" + KAFKA_PORT),
                    Map.entry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://localhost:9092,HOST://localhost:" + kafkaPort),
                    Map.entry(
                            "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                            "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,HOST:PLAINTEXT"),
                    Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "PLAINTEXT"),
                    Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                    Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
                    Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
                    Map.entry("KAFKA_BROKER_SESSION_TIMEOUT_MS", "2000"),
                    Map.entry("KAFKA_BROKER_HEARTBEAT_INTERVAL_MS", "500"),
                    Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                    Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                    Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")))
            .waitingFor(Wait.forLogMessage(".*Kafka Server started.*", 1).withStartupTimeout(Duration.ofMinutes(2)));
    private final GenericContainer<?> store = container("rustfs/rustfs:latest", storePort, STORE_PORT)
            .withEnv("RUSTFS_VOLUMES", "/data")
            .withEnv("RUSTFS_ACCESS_KEY", ACCESS_KEY)
            .withEnv("RUSTFS_SECRET_KEY", SECRET_KEY)
            .waitingFor(Wait.forHttp("/health").forPort(STORE_PORT));

    Containers() {
        kafka.start();
        store.start();
    }

    @Override
    public Machine machine(Machine.Settings settings) throws IOException, InterruptedException {
        URI storeUrl = URI.create("http://localhost:" + storePort);
        return Machine.startServices(
                settings, new Endpoints("localhost:" + kafkaPort, storeUrl, ACCESS_KEY, SECRET_KEY, ""));
    }

    @Override
    public void kill(Machine machine, String program) throws InterruptedException {
        switch (program) {
            case Programs.BROKER -> restart(kafka);
            case Programs.STORE -> restart(store);
            default -> {
                machine.kill(program);
                machine.awaitReady(program);
            }
        }
    }

    @Override
    public void close() {
        kafka.stop();
        store.stop();
    }

    /** The same container again, with what it had written. */
    private static void restart(GenericContainer<?> container) {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
    }

    private static GenericContainer<?> container(String image, int hostPort, int port) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image)).withExposedPorts(port);
        container.setPortBindings(List.of(hostPort + ":" + port));
        return container;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
