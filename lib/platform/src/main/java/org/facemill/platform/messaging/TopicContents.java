package org.facemill.platform.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What topics hold at present, read whole and without a consumer group: for topics that hold little. */
@ApplicationScoped
public class TopicContents {

    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaClients clients;

    TopicContents(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * All records of the topics of some names, in no order.
     *
     * @throws org.apache.kafka.common.KafkaException where the broker does not answer
     */
    public List<ConsumerRecord<String, byte[]>> read(Predicate<String> names) {
        try (Consumer<String, byte[]> consumer = clients.consumer()) {
            List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic -> names.test(topic.getKey()))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
            return records;
        }
    }
}
