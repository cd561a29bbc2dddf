package org.facemill.cli.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.facemill.cli.output.CommandException;

/** The broker as an examiner needs it: sends records as they are, and hears all that may come of them. */
final class Broker implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final String brokers;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> heard = new ArrayList<>();

    Broker(String brokers) {
        this.brokers = brokers;
        Map<String, Object> client = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
        admin = Admin.create(client);
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** A record that was sent, and where it lies. */
    record Sent(ProducerRecord<byte[], byte[]> record, RecordMetadata position) {

        TopicPartition partition() {
            return new TopicPartition(position.topic(), position.partition());
        }
    }

    void createTopic(String topic) {
        answered(admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                .all());
        // a broker may hear of it later than its creator
        await(() -> topics().contains(topic), Duration.ofMinutes(1));
    }

    void deleteTopic(String topic) {
        answered(admin.deleteTopics(List.of(topic)).all());
    }

    Set<String> topics() {
        return answered(admin.listTopics().names());
    }

    /** Listens to these topics from now on. */
    void listen(Collection<String> topics) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    Sent send(ProducerRecord<byte[], byte[]> record) {
        return new Sent(record, answered(producer.send(record)));
    }

    /** What was heard so far and meets the condition. */
    Stream<ConsumerRecord<byte[], byte[]>> heard(Predicate<ConsumerRecord<byte[], byte[]>> condition) {
        return heard.stream().filter(condition);
    }

    /** Listens until the condition holds, or the time is over; whether it holds. */
    boolean await(BooleanSupplier condition, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            hear();
        }
        return true;
    }

    private void hear() {
        try {
            if (consumer.assignment().isEmpty()) {
                Thread.sleep(POLL.toMillis());
            } else {
                consumer.poll(POLL).forEach(heard::add);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted", e);
        }
    }

    /** The groups whose members read a topic at present. */
    Set<String> readers(String topic) {
        Set<String> readers = new TreeSet<>();
        List<String> groups = answered(
                        admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())
                .stream()
                .map(GroupListing::groupId)
                .toList();
        answered(admin.describeConsumerGroups(groups).all()).values().stream()
                .filter(group -> group.members().stream()
                        .flatMap(member -> member.assignment().topicPartitions().stream())
                        .anyMatch(partition -> partition.topic().equals(topic)))
                .forEach(group -> readers.add(group.groupId()));
        return readers;
    }

    /** Whether a group has acknowledged a record. */
    boolean acknowledged(String group, Sent sent) {
        OffsetAndMetadata committed = answered(
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .get(sent.partition());
        return committed != null && committed.offset() > sent.position().offset();
    }

    private <T> T answered(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException | KafkaException e) {
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
        producer.close();
        admin.close();
    }
}
