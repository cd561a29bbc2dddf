package org.facemill.platform.messaging;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.eclipse.microprofile.config.Config;
import org.facemill.contracts.Topics;
import org.facemill.platform.health.Retrier;
import org.jboss.logging.Logger;

/**
 * Creates the topics that a service needs before its channels open: the common ones, those that its channels read, and its
 * dead letters; further those of {@code facemill.topics.also}, whose readers may not have been started yet. A topic of work that has fewer partitions than are configured is given more; none loses any. Returns when the
 * broker describes them all; waits for it as long as it takes, the service is not ready meanwhile.
 */
@ApplicationScoped
class TopicProvisioning {

    private static final Logger LOG = Logger.getLogger(TopicProvisioning.class);
    private static final String INCOMING = "mp.messaging.incoming.";
    private static final String TOPIC = ".topic";
    private static final Duration VISIBLE_WITHIN = Duration.ofMinutes(2);
    private static final long PAUSE_MILLIS = 200;

    private final Config config;
    private final Admin admin;
    private final Retrier retrier;

    TopicProvisioning(Config config, Admin admin, Retrier retrier) {
        this.config = config;
        this.admin = admin;
        this.retrier = retrier;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        Set<String> topics = new TreeSet<>(Topics.COMMON);
        topics.addAll(incoming());
        topics.add(Topics.deadLetters(config.getValue("quarkus.application.name", String.class)));
        config.getOptionalValues("facemill.topics.also", String.class).ifPresent(topics::addAll);
        retrier.retry(Publisher.SYSTEM, () -> provide(topics), KafkaFailures::passes);
    }

    private Set<String> incoming() {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(INCOMING) && name.endsWith(TOPIC))
                .filter(name -> !config.getOptionalValue(name.replace(TOPIC, ".pattern"), Boolean.class)
                        .orElse(false))
                .map(name -> config.getValue(name, String.class))
                .collect(Collectors.toSet());
    }

    private Set<String> provide(Set<String> topics) {
        try {
            create(topics);
            extend(visible(topics));
            return topics;
        } catch (ExecutionException e) {
            throw KafkaFailures.of("create topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics are created", e);
        }
    }

    private void create(Set<String> topics) throws InterruptedException, ExecutionException {
        Set<String> missing = new TreeSet<>(topics);
        missing.removeAll(admin.listTopics().names().get());
        for (KafkaFuture<Void> creation : admin.createTopics(
                        missing.stream().map(this::topic).toList())
                .values()
                .values()) {
            await(creation, TopicExistsException.class);
        }
    }

    /** A broker may hear of a topic later than its creator. */
    private Map<String, TopicDescription> visible(Set<String> topics) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                return admin.describeTopics(topics).allTopicNames().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        throw new TimeoutException("the broker does not describe all of " + topics + " after " + VISIBLE_WITHIN);
    }

    private void extend(Map<String, TopicDescription> topics) throws InterruptedException, ExecutionException {
        for (TopicDescription topic : topics.values()) {
            int before = topic.partitions().size();
            int wanted = partitions(topic.name());
            if (Topics.isWork(topic.name()) && before < wanted) {
                LOG.infof("%s: %d partitions become %d", topic.name(), before, wanted);
                await(
                        admin.createPartitions(Map.of(topic.name(), NewPartitions.increaseTo(wanted)))
                                .all(),
                        InvalidPartitionsException.class);
            }
        }
    }

    /** @param done what the broker answers where another service was quicker, as several start at once */
    private static void await(KafkaFuture<Void> change, Class<? extends Exception> done)
            throws InterruptedException, ExecutionException {
        try {
            change.get();
        } catch (ExecutionException e) {
            if (!done.isInstance(e.getCause())) {
                throw e;
            }
        }
    }

    private NewTopic topic(String name) {
        return new NewTopic(name, Optional.of(partitions(name)), Optional.empty())
                .configs(
                        name.equals(Topics.RUNS)
                                ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                                : Map.of(
                                        TopicConfig.RETENTION_MS_CONFIG,
                                        String.valueOf(Duration.ofDays(Topics.RETENTION_DAYS)
                                                .toMillis())));
    }

    private int partitions(String topic) {
        return config.getValue(
                Topics.isWork(topic) ? "facemill.topics.partitions" : "facemill.topics.other-partitions",
                Integer.class);
    }
}
