package org.facemill.context.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.jboss.logging.Logger;

/** Which consumer groups read which topics at present, as the broker reports it. */
@ApplicationScoped
class ConsumerGroups {

    private static final Logger LOG = Logger.getLogger(ConsumerGroups.class);
    /** How long an answer is reused, a missing one too. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Admin admin;
    private Optional<Map<String, Set<String>>> latest = Optional.empty();
    private Instant staleAt = Instant.MIN;

    ConsumerGroups(Admin admin) {
        this.admin = admin;
    }

    /** The groups with members that read a topic, by topic; empty where the broker does not answer. */
    synchronized Optional<Map<String, Set<String>>> groups() {
        if (Instant.now().isAfter(staleAt)) {
            latest = ask();
            staleAt = Instant.now().plus(FRESH);
        }
        return latest;
    }

    private Optional<Map<String, Set<String>>> ask() {
        try {
            List<String> names = answer(admin.listGroups(ListGroupsOptions.forConsumerGroups())
                            .all())
                    .stream()
                    .map(GroupListing::groupId)
                    .toList();
            Map<String, Set<String>> readers = new HashMap<>();
            for (ConsumerGroupDescription group :
                    answer(admin.describeConsumerGroups(names).all()).values()) {
                topics(group)
                        .forEach(topic -> readers.computeIfAbsent(topic, t -> new HashSet<>())
                                .add(group.groupId()));
            }
            return Optional.of(readers);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf("the broker does not say who reads its topics: %s", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** While a group rebalances, no member has partitions: then the topics that it has read before count. */
    private Set<String> topics(ConsumerGroupDescription group)
            throws ExecutionException, TimeoutException, InterruptedException {
        Set<String> topics = new HashSet<>();
        group.members().forEach(member -> member.assignment().topicPartitions().forEach(p -> topics.add(p.topic())));
        if (!group.members().isEmpty() && group.groupState() != GroupState.STABLE) {
            answer(admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata())
                    .keySet()
                    .forEach(p -> topics.add(p.topic()));
        }
        return topics;
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
