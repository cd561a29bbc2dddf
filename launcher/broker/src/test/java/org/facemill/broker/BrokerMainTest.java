package org.facemill.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerMainTest {

    private static final String TOPIC = "letters";

    @TempDir
    Path folder;

    private int port;
    private Process broker;

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        startBroker();
    }

    @AfterEach
    void stop() throws InterruptedException {
        broker.destroyForcibly().waitFor();
    }

    @Test
    void recordsAndOffsetsOutliveAKill() throws Exception {
        try (Admin admin = Admin.create(client())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1))).all().get(2, TimeUnit.MINUTES);
        }
        send("first");
        assertThat(readOnAndCommit()).isEqualTo("first");
        send("second");

        broker.destroyForcibly().waitFor();
        startBroker();

        assertThat(readOnAndCommit()).isEqualTo("second");
    }

    @Test
    void aTopicThatNobodyCreatedIsNotMadeUp() throws Exception {
        try (KafkaConsumer<String, String> consumer = consumer()) {
            consumer.subscribe(List.of("never-created"));
            consumer.poll(Duration.ofMillis(500));
        }

        try (Admin admin = Admin.create(client())) {
            assertThat(admin.listTopics().names().get(2, TimeUnit.MINUTES)).doesNotContain("never-created");
        }
    }

    /** Starts the program and waits for its port, which is the promise that requests are answered. */
    private void startBroker() throws Exception {
        broker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerMain.class.getName(),
                        folder.toString(),
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("broker.txt").toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!portIsOpen()) {
            assertThat(broker.isAlive()).as("broker is alive").isTrue();
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

    private void send(String value) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, "key", value)).get(2, TimeUnit.MINUTES);
        }
    }

    private String readOnAndCommit() {
        try (KafkaConsumer<String, String> consumer = consumer()) {
            consumer.subscribe(List.of(TOPIC));
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> letter : consumer.poll(Duration.ofMillis(200))) {
                    consumer.commitSync();
                    return letter.value();
                }
            }
            throw new AssertionError("no record came within 2 minutes");
        }
    }

    private KafkaConsumer<String, String> consumer() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", "127.0.0.1:" + port,
                "group.id", "reader",
                "session.timeout.ms", "6000",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", "127.0.0.1:" + port);
    }
}
