package org.facemill.cli.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.facemill.cli.output.CommandException;
import org.facemill.contracts.DeadLetter;
import org.facemill.contracts.Json;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.event.InvalidEventException;

/** The dead-letter topics of a system: read from their beginning, without a group. */
public final class DeadLetterQueue implements AutoCloseable {

    private static final String PREFIX = Topics.deadLetters("");
    /** What a stage added when it put the record away. */
    private static final Set<String> ADDED = Set.of(DeadLetter.REASON, DeadLetter.TOPIC, DeadLetter.POSITION);

    private static final String TIMEOUT_MILLIS = "10000";
    private static final Duration POLL = Duration.ofMillis(500);

    private final String brokers;
    private final KafkaConsumer<String, byte[]> consumer;

    /** @param brokers bootstrap servers */
    public DeadLetterQueue(String brokers) {
        this.brokers = brokers;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers,
                        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS,
                        CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** All records, or those of one run, the oldest first. */
    public List<DeadLetterRecord> list(Optional<String> run) {
        return answered(() -> read(partitions())).stream()
                .filter(letter -> run.isEmpty() || letter.isOf(run.get()))
                .sorted(Comparator.comparing(DeadLetterRecord::when).thenComparing(DeadLetterRecord::id))
                .toList();
    }

    /** @throws CommandException if there is no such record */
    public DeadLetterRecord get(String id) {
        return list(Optional.empty()).stream()
                .filter(letter -> letter.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        "no dead letter " + id + "; `facemill dead-letters` lists them, by stage/partition/offset"));
    }

    /**
     * Sends a record to the topic that it came from: an identity's event as a new attempt, any other as it was.
     *
     * @return the key of the event
     * @throws CommandException if it holds no valid event, which its stage would refuse again
     */
    public String replay(DeadLetterRecord letter) {
        if (letter.topic().isEmpty()) {
            throw new CommandException(letter.id() + ": does not say which topic it came from");
        }
        Event event = again(letter);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(letter.topic(), event.key(), EventCodec.encode(event));
        letter.headers().forEach((name, value) -> {
            if (!ADDED.contains(name)) {
                String own = name.equals(EventCodec.ID) ? EventCodec.id(event) : value;
                record.headers().add(name, own.getBytes(StandardCharsets.UTF_8));
            }
        });
        return answered(() -> {
            try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                    Map.of(
                            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS,
                            CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "20000"),
                    new StringSerializer(),
                    new ByteArraySerializer())) {
                producer.send(record).get();
                return event.key();
            }
        });
    }

    private static Event again(DeadLetterRecord letter) {
        String ceType = letter.headers().getOrDefault(EventCodec.TYPE, "");
        Class<? extends Event> type = EventType.of(ceType)
                .orElseThrow(() -> refused(letter, "its header " + EventCodec.TYPE + " is '" + ceType + "'"))
                .event();
        try {
            Event event = EventCodec.decode(type, ceType, letter.value());
            if (event instanceof IdentityEvent identity) {
                ObjectNode json = (ObjectNode) Json.MAPPER.readTree(letter.value());
                json.put("attempt", identity.attempt() + 1);
                return EventCodec.decode(type, ceType, Json.MAPPER.writeValueAsBytes(json));
            }
            return event;
        } catch (InvalidEventException | IOException e) {
            throw refused(letter, e.getMessage());
        }
    }

    private static CommandException refused(DeadLetterRecord letter, String why) {
        return new CommandException(letter.id() + ": is no valid event, so its stage would refuse it again (" + why
                + "); send a valid one");
    }

    private List<TopicPartition> partitions() {
        return consumer.listTopics().entrySet().stream()
                .filter(topic -> topic.getKey().startsWith(PREFIX))
                .flatMap(topic -> topic.getValue().stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private List<DeadLetterRecord> read(Collection<TopicPartition> partitions) {
        List<DeadLetterRecord> letters = new ArrayList<>();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(record -> letters.add(letter(record)));
        }
        return letters;
    }

    private static DeadLetterRecord letter(ConsumerRecord<String, byte[]> record) {
        String stage = record.topic().substring(PREFIX.length());
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers()
                .forEach(header -> headers.put(
                        header.key(),
                        header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8)));
        return new DeadLetterRecord(
                stage + "/" + record.partition() + "/" + record.offset(),
                stage,
                headers.getOrDefault(DeadLetter.TOPIC, ""),
                record.key() == null ? "" : record.key(),
                Instant.ofEpochMilli(record.timestamp()),
                headers.getOrDefault(DeadLetter.REASON, ""),
                headers,
                record.value() == null ? new byte[0] : record.value());
    }

    private interface Call<T> {
        T run() throws InterruptedException, ExecutionException;
    }

    private <T> T answered(Call<T> call) {
        try {
            return call.run();
        } catch (KafkaException | ExecutionException e) {
            throw new CommandException(
                    "Kafka at " + brokers + " does not answer as expected (" + e.getMessage()
                            + "); does the system run?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
