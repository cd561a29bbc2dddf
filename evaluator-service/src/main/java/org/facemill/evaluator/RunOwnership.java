package org.facemill.evaluator;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.facemill.contracts.Topics;

/**
 * Ownership of runs' live figures: this instance keeps those of the runs whose sealed datasets it would be given. So each run has one owner
 * while any instance lives, and another soon after that one has died.
 */
@ApplicationScoped
@Identifier("run-ownership") public class RunOwnership implements KafkaConsumerRebalanceListener {

    private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();
    private volatile int partitionCount = 1;

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        partitionCount = consumer.partitionsFor(Topics.DATASET_SEALED).size();
        assigned.forEach(partition -> partitions.add(partition.partition()));
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
        revoked.forEach(partition -> partitions.remove(partition.partition()));
    }

    boolean owns(String run) {
        return partitions.contains(
                BuiltInPartitioner.partitionForKey(run.getBytes(StandardCharsets.UTF_8), partitionCount));
    }
}
