package org.facemill.platform.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Printable;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.jboss.logging.Logger;

/** Where records end that cannot be worked on: first the identity's outcome, then the record as it came, with the reason. */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final List<String> OWN_HEADERS =
            List.of(DeadLetterHeaders.REASON, DeadLetterHeaders.TOPIC, DeadLetterHeaders.POSITION);
    private static final int LONGEST_KEY = 1024;

    private final Publisher publisher;
    private final RunRegistry runs;
    private final String stage;

    DeadLetters(
            Publisher publisher, RunRegistry runs, @ConfigProperty(name = "quarkus.application.name") String stage) {
        this.publisher = publisher;
        this.runs = runs;
        this.stage = stage;
    }

    /** Fails the identity that an event is about, and puts its record away. */
    void fail(ConsumerRecord<String, byte[]> record, IdentityEvent event, String reason) {
        announceFailure(record, new RecordKey(event.run(), event.ordinal()), event.attempt(), reason);
        put(record, reason);
    }

    /**
     * Puts a record away that cannot be decoded, and fails the identity of its key: unless its value is about another one, or
     * its run is not under way.
     */
    public void refuse(ConsumerRecord<String, byte[]> record, String reason) {
        RecordDecoder.identity(record)
                .filter(identity -> runs.find(identity.run())
                        .filter(run -> !run.state().abandoned())
                        .isPresent())
                .ifPresent(identity -> announceFailure(record, identity, 0, reason));
        put(record, reason);
    }

    private void announceFailure(
            ConsumerRecord<String, byte[]> record, RecordKey identity, int attempt, String reason) {
        IdentityOutcome outcome = new IdentityOutcome(
                identity.run(),
                identity.ordinal(),
                attempt,
                Outcome.FAILED,
                stage,
                Printable.of(reason),
                Optional.empty());
        publisher.publish(
                List.of(new Announcement(Topics.IDENTITY_OUTCOMES, outcome)), Extensions.of(record.headers()));
    }

    /** Puts an event away whose record was acknowledged when its long work was stored as a job; so it has no position. */
    public void put(Event event, Extensions extensions, String topic, String reason) {
        LOG.warnf("%s %s: dead letter: %s", topic, event.key(), Printable.of(reason));
        send(
                event.key(),
                EventCodec.encode(event),
                headed(extensions.addedTo(Publisher.headers(event, stage)), topic, reason));
    }

    /** Makes a dead letter of a record. One that leaves no room for the reason goes without its value. */
    public void put(ConsumerRecord<String, byte[]> record, String reason) {
        String position = record.partition() + "/" + record.offset();
        String key = record.key() == null ? null : Printable.of(record.key());
        LOG.warnf("%s %s at %s: dead letter: %s", record.topic(), key, position, Printable.of(reason));
        try {
            Headers headers = headed(new RecordHeaders(record.headers()), record.topic(), reason);
            send(record.key(), record.value(), headers.add(DeadLetterHeaders.POSITION, bytes(position)));
        } catch (RecordTooLargeException e) {
            Headers headers = headed(
                    new RecordHeaders(), record.topic(), reason + "; too large to be kept, it is there at " + position);
            send(
                    key != null && key.length() <= LONGEST_KEY ? key : null,
                    new byte[0],
                    headers.add(DeadLetterHeaders.POSITION, bytes(position)));
        }
    }

    private static Headers headed(RecordHeaders headers, String topic, String reason) {
        OWN_HEADERS.forEach(headers::remove);
        return headers.add(DeadLetterHeaders.REASON, bytes(Printable.of(reason)))
                .add(DeadLetterHeaders.TOPIC, bytes(topic));
    }

    private void send(String key, byte[] value, Headers headers) {
        publisher.send(List.of(new ProducerRecord<>(Topics.deadLetters(stage), null, key, value, headers)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
