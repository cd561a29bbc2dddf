package org.facemill.platform.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.facemill.platform.health.Retrier;

/** Knows which topics exist. A producer takes a topic that does not exist for an outage of the broker. */
@ApplicationScoped
class TopicLookup {

    /** A broker may hear of a topic so much later than its creator. */
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(10);

    private static final long PAUSE_MILLIS = 200;

    private final Admin admin;
    private final Retrier retrier;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    TopicLookup(Admin admin, Retrier retrier) {
        this.admin = admin;
        this.retrier = retrier;
    }

    /**
     * Returns where a topic exists; waits a moment for one that may just have been made.
     *
     * @throws UnknownTopicException where it does not
     */
    void require(String topic) {
        if (known.contains(topic)) {
            return;
        }
        long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (find(topic).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new UnknownTopicException(topic);
            }
            pause();
        }
        known.add(topic);
    }

    /** Asks again at the next {@link #require}. */
    void forget(String topic) {
        known.remove(topic);
    }

    /** A topic as the broker describes it now, where it exists. */
    Optional<TopicDescription> find(String topic) {
        return retrier.retry(Publisher.SYSTEM, () -> describe(topic), KafkaFailures::passes);
    }

    private Optional<TopicDescription> describe(String topic) {
        try {
            return Optional.of(admin.describeTopics(Set.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw KafkaFailures.of("describe " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for " + topic, e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a topic", e);
        }
    }
}
