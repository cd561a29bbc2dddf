package org.facemill.context;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What the service has consumed: for tests that want to see that something changes nothing. */
final class Consumed {

    private static final String GROUP = "context";

    private final Admin admin;

    Consumed(Admin admin) {
        this.admin = admin;
    }

    /** Returns when all that is in some topics has been consumed. */
    void awaitAll(String... topics) {
        for (String topic : topics) {
            await(topic).atMost(Runs.PATIENCE).until(() -> isConsumed(topic));
        }
    }

    private boolean isConsumed(String topic) throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                        .map(p -> new TopicPartition(topic, p.partition()))
                        .toList();
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                .all()
                .get();
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream()
                .allMatch(end -> end.getValue().offset()
                        == (committed.get(end.getKey()) == null
                                ? 0
                                : committed.get(end.getKey()).offset()));
    }
}
