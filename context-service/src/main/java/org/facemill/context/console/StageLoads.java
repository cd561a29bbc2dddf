package org.facemill.context.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.facemill.contracts.Topics;
import org.facemill.contracts.recipe.run.Recipe;
import org.jboss.logging.Logger;

/** Workers on each stage's topic and records that wait there, of all runs together, as the broker reports them. */
@ApplicationScoped
class StageLoads {

    private static final Logger LOG = Logger.getLogger(StageLoads.class);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** This service reads every topic to count what passes; it does no stage's work. */
    private static final String OWN = "context";

    private final Admin admin;
    private Map<String, Load> byTopic = Map.of();
    private Instant staleAt = Instant.MIN;

    StageLoads(Admin admin) {
        this.admin = admin;
    }

    /** What a stage has to do. */
    @Schema(description = "Who works on a stage, and how much waits there, for all runs together")
    record Load(
            @Schema(description = "as in stages", examples = "sampled")
            String stage,

            int workers,

            @Schema(description = "records that no worker has finished with")
            long waiting) {

        private Load plus(Load other) {
            return new Load(stage, workers + other.workers, waiting + other.waiting);
        }

        private Load as(String name) {
            return new Load(name, workers, waiting);
        }
    }

    /** The loads of the stages that a recipe's identities pass; none where the broker does not answer. */
    List<Load> of(Recipe recipe) {
        Map<String, Load> known = loads();
        List<Load> loads = new ArrayList<>();
        if (!known.isEmpty()) {
            add(
                    loads,
                    known,
                    "sampled",
                    Topics.identityContexts(recipe.sampling().sampler()));
            add(loads, known, "aligned", Topics.rawBlocks(recipe.alignment().aligner()));
            add(loads, known, "cropped", Topics.ALIGNED_BLOCKS);
            add(loads, known, "encoded", Topics.CROPS);
        }
        return loads;
    }

    private static void add(List<Load> loads, Map<String, Load> known, String stage, String topic) {
        loads.add(known.getOrDefault(topic, new Load(stage, 0, 0)).as(stage));
    }

    private synchronized Map<String, Load> loads() {
        if (Instant.now().isAfter(staleAt)) {
            try {
                byTopic = ask();
            } catch (ExecutionException | TimeoutException e) {
                LOG.debugf("the broker does not say how its topics are read: %s", e);
                byTopic = Map.of();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            staleAt = Instant.now().plus(FRESH);
        }
        return byTopic;
    }

    private Map<String, Load> ask() throws ExecutionException, TimeoutException, InterruptedException {
        List<String> names = answer(
                        admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())
                .stream()
                .map(GroupListing::groupId)
                .filter(group -> !group.equals(OWN))
                .toList();
        Map<String, Load> loads = new HashMap<>();
        Collection<ConsumerGroupDescription> groups =
                answer(admin.describeConsumerGroups(names).all()).values();
        for (ConsumerGroupDescription group : groups) {
            Map<TopicPartition, OffsetAndMetadata> done =
                    answer(admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata());
            for (String topic : topics(group)) {
                Load load = new Load("", workers(group, topic), waiting(topic, done));
                loads.merge(topic, load, Load::plus);
            }
        }
        return loads;
    }

    private static Set<String> topics(ConsumerGroupDescription group) {
        return group.members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .map(TopicPartition::topic)
                .filter(Topics::isWork)
                .collect(Collectors.toSet());
    }

    private static int workers(ConsumerGroupDescription group, String topic) {
        return (int) group.members().stream()
                .filter(member -> member.assignment().topicPartitions().stream()
                        .anyMatch(partition -> partition.topic().equals(topic)))
                .count();
    }

    private long waiting(String topic, Map<TopicPartition, OffsetAndMetadata> done)
            throws ExecutionException, TimeoutException, InterruptedException {
        List<TopicPartition> partitions =
                answer(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
        return ends(partitions).entrySet().stream()
                .mapToLong(end -> end.getValue()
                        - Optional.ofNullable(done.get(end.getKey()))
                                .map(OffsetAndMetadata::offset)
                                .orElse(0L))
                .sum();
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answer(admin.listOffsets(asked).all()).forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
