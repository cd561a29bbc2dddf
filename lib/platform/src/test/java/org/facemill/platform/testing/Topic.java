package org.facemill.platform.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.RunEvent;
import org.facemill.contracts.event.RunState;

/** A topic as a test sees it: puts records in, and looks at all that are there. */
public final class Topic {

    private static final int PARTITIONS = 4;
    private static final Duration KNOWN_WITHIN = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(200);

    private static final int MAX_REQUEST_BYTES = 16 << 20;

    private final String name;

    public Topic(String name) {
        this.name = name;
    }

    /** Creates it as the worker does that reads it, and returns when the broker knows it; one that is there stays as it is. */
    public void create() {
        try (Admin admin =
                Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers()))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("stopped while creating " + name, e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(name + " cannot be created", e);
            }
        }
        fromBeginning(System.nanoTime() + KNOWN_WITHIN.toNanos()).close();
    }

    /** Puts an event in as a service does. */
    public void send(Event event) {
        send(event.key(), EventCodec.encode(event), EventCodec.headers(event, "test"));
    }

    /** Puts a record in; its key may be null. */
    public void send(String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(name, key, value);
        headers.forEach((header, text) -> record.headers().add(header, text.getBytes(StandardCharsets.UTF_8)));
        send(record);
    }

    /** Puts a record in as it is, whatever its headers. */
    public void send(ProducerRecord<String, byte[]> record) {
        try (Producer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers(),
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        MAX_REQUEST_BYTES),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(name + " took no record", e);
        }
    }

    /** Announces a run as the ledger does when it begins: workers know no work of others. */
    public static void announceRun(String run, int images, int identities) {
        new Topic(Topics.RUNS).send(new RunEvent(run, RunState.RUNNING, "", images, identities));
    }

    /** All records from the beginning that fit and are there now. */
    public List<ConsumerRecord<String, byte[]>> now(Predicate<ConsumerRecord<String, byte[]>> fits) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = fromBeginning(System.nanoTime() + KNOWN_WITHIN.toNanos())) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> {
                    if (fits.test(record)) {
                        found.add(record);
                    }
                });
            }
        }
        return found;
    }

    /** The first record from the beginning that fits; waits for it. */
    public ConsumerRecord<String, byte[]> await(Duration patience, Predicate<ConsumerRecord<String, byte[]>> fits) {
        return await(patience, 1, fits).get(0);
    }

    /** The first so many records from the beginning that fit; waits for them. */
    public List<ConsumerRecord<String, byte[]>> await(
            Duration patience, int count, Predicate<ConsumerRecord<String, byte[]>> fits) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        try (Consumer<String, byte[]> consumer = fromBeginning(deadline)) {
            while (found.size() < count) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(
                            name + ": " + found.size() + " of " + count + " records came within " + patience);
                }
                consumer.poll(POLL).forEach(record -> {
                    if (fits.test(record)) {
                        found.add(record);
                    }
                });
            }
        }
        return found;
    }

    /** The value of a record's header; empty where it has none. */
    public static String header(ConsumerRecord<String, byte[]> record, String header) {
        return record.headers().lastHeader(header) == null
                ? ""
                : new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    /** Waits for the topic too: a broker hears of a new one a little later than its creator. */
    private Consumer<String, byte[]> fromBeginning(long deadline) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = partitions(consumer);
        while (partitions.isEmpty()) {
            if (System.nanoTime() > deadline) {
                consumer.close();
                throw new AssertionError(name + " is not there");
            }
            pause();
            partitions = partitions(consumer);
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        return consumer.partitionsFor(name).stream()
                .map(p -> new TopicPartition(name, p.partition()))
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException("stopped while waiting for a topic", e);
        }
    }

    private static String servers() {
        return "127.0.0.1:" + BrokerAndStore.broker().port();
    }
}
