package org.facemill.platform.messaging;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.Config;
import org.facemill.contracts.Topics;
import org.facemill.platform.health.Retrier;

/**
 * Creates the topics that a service needs before its channels open: the common ones, those that its channels read, and its
 * dead letters. Waits for the broker as long as it takes; the service is not ready meanwhile.
 */
@ApplicationScoped
class TopicProvisioning {

    private static final String INCOMING = "mp.messaging.incoming.";
    private static final String TOPIC = ".topic";

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
        retrier.retry(Publisher.SYSTEM, () -> create(topics), failure -> true);
    }

    private Set<String> incoming() {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(INCOMING) && name.endsWith(TOPIC))
                .filter(name -> !config.getOptionalValue(name.replace(TOPIC, ".pattern"), Boolean.class)
                        .orElse(false))
                .map(name -> config.getValue(name, String.class))
                .collect(Collectors.toSet());
    }

    private Collection<String> create(Set<String> topics) {
        try {
            Set<String> missing = new TreeSet<>(topics);
            missing.removeAll(admin.listTopics().names().get());
            Map<String, KafkaFuture<Void>> creations = admin.createTopics(
                            missing.stream().map(TopicProvisioning::topic).toList())
                    .values();
            for (KafkaFuture<Void> creation : creations.values()) {
                await(creation);
            }
            return missing;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("topics cannot be created: " + e.getMessage(), e);
        }
    }

    private static void await(KafkaFuture<Void> creation) throws InterruptedException, ExecutionException {
        try {
            creation.get();
        } catch (ExecutionException e) {
            // several services start at once
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, Optional.of(Topics.PARTITIONS), Optional.empty())
                .configs(
                        name.equals(Topics.RUNS)
                                ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                                : Map.of(
                                        TopicConfig.RETENTION_MS_CONFIG,
                                        String.valueOf(Duration.ofDays(Topics.RETENTION_DAYS)
                                                .toMillis())));
    }
}
