package org.facemill.platform.messaging;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.facemill.contracts.Printable;
import org.facemill.platform.health.Retrier;
import org.jboss.logging.Logger;

/**
 * Sends records, and returns when the broker has accepted them; retries for as long as that takes. A producer that is of no
 * use any more, fenced or dead, is replaced by a new one. Safe for use by many threads; blocks.
 */
@ApplicationScoped
class RecordSender {

    private static final Logger LOG = Logger.getLogger(RecordSender.class);

    /** Answers come within the producer's own time-outs; one that does not come at all is that of a dead producer. */
    private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(5);

    private final Supplier<Producer<String, byte[]>> producers;
    private final TopicLookup topics;
    private final Retrier retrier;
    private final AtomicReference<Producer<String, byte[]>> current = new AtomicReference<>();
    private final AtomicReference<Long> deadSince = new AtomicReference<>();

    @Inject
    RecordSender(KafkaClients clients, TopicLookup topics, Retrier retrier) {
        this(clients::producer, topics, retrier);
    }

    RecordSender(Supplier<Producer<String, byte[]>> producers, TopicLookup topics, Retrier retrier) {
        this.producers = producers;
        this.topics = topics;
        this.retrier = retrier;
    }

    /** The producer failed, not the record: another one takes its place. */
    private static final class DeadProducerException extends RuntimeException {
        DeadProducerException(Throwable cause) {
            super("the producer failed for good, the next one is tried: " + cause, cause);
        }
    }

    /**
     * Sends all records.
     *
     * @throws UnknownTopicException where a topic does not exist
     * @throws KafkaException where the broker refuses a record, such as one that is too large
     */
    void send(List<ProducerRecord<String, byte[]>> records) {
        retrier.retry(
                Publisher.SYSTEM,
                () -> {
                    records.forEach(record -> topics.require(record.topic()));
                    attempt(records);
                    return records.size();
                },
                failure -> KafkaFailures.passes(failure) || failure instanceof DeadProducerException);
        deadSince.set(null);
    }

    /** For how long no producer could be brought to send; empty where one could. */
    Optional<Duration> dead() {
        return Optional.ofNullable(deadSince.get()).map(since -> Duration.ofNanos(System.nanoTime() - since));
    }

    private void attempt(List<ProducerRecord<String, byte[]>> records) {
        Producer<String, byte[]> producer = producer();
        try {
            List<Future<RecordMetadata>> answers =
                    records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> answer : answers) {
                answer.get(ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException e) {
            throw judged(producer, KafkaFailures.of("send", e), records);
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending", e);
        } catch (KafkaException e) {
            throw judged(producer, e, records);
        } catch (TimeoutException e) {
            throw replaced(producer, e);
        } catch (IllegalStateException e) {
            // closed, by another thread that replaced it
            throw current.get() == producer ? e : new DeadProducerException(e);
        }
    }

    private RuntimeException judged(
            Producer<String, byte[]> producer, RuntimeException failure, List<ProducerRecord<String, byte[]>> records) {
        if (KafkaFailures.passes(failure)) {
            // it may be a topic that was deleted
            records.forEach(record -> topics.forget(record.topic()));
            return failure;
        }
        return failure instanceof KafkaException refusal && !KafkaFailures.ofTheRecord(refusal)
                ? replaced(producer, refusal)
                : failure;
    }

    private DeadProducerException replaced(Producer<String, byte[]> producer, Throwable failure) {
        deadSince.compareAndSet(null, System.nanoTime());
        if (current.compareAndSet(producer, null)) {
            LOG.errorf("a producer is replaced: %s", Printable.of(failure.toString()));
            producer.close(Duration.ZERO);
        }
        return new DeadProducerException(failure);
    }

    private synchronized Producer<String, byte[]> producer() {
        Producer<String, byte[]> producer = current.get();
        if (producer == null) {
            try {
                producer = producers.get();
            } catch (KafkaException e) {
                deadSince.compareAndSet(null, System.nanoTime());
                throw new DeadProducerException(e);
            }
            current.set(producer);
        }
        return producer;
    }

    @PreDestroy
    void close() {
        Producer<String, byte[]> producer = current.get();
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }
}
