package org.facemill.platform.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.facemill.contracts.DeadLetter;
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

    private final Publisher publisher;
    private final String stage;

    DeadLetters(Publisher publisher, @ConfigProperty(name = "quarkus.application.name") String stage) {
        this.publisher = publisher;
        this.stage = stage;
    }

    /** Fails the identity that an event is about, and puts its record away. */
    void fail(ConsumerRecord<String, byte[]> record, IdentityEvent event, String reason) {
        fail(record, new RecordKey(event.run(), event.ordinal()), event.attempt(), reason);
    }

    /** Fails the identity that a record's key names, where it names one, and puts the record away. */
    public void fail(ConsumerRecord<String, byte[]> record, String reason) {
        Optional<RecordKey> identity = RecordKey.of(record.key());
        if (identity.isPresent()) {
            fail(record, identity.get(), 0, reason);
        } else {
            put(record, reason);
        }
    }

    private void fail(ConsumerRecord<String, byte[]> record, RecordKey identity, int attempt, String reason) {
        publisher.publish(List.of(new Announcement(
                Topics.IDENTITY_OUTCOMES,
                new IdentityOutcome(
                        identity.run(),
                        identity.ordinal(),
                        attempt,
                        Outcome.FAILED,
                        stage,
                        reason,
                        Optional.empty()))));
        put(record, reason);
    }

    /** Puts an event away whose record was acknowledged when its long work was stored as a job; so it has no position. */
    public void put(Event event, String topic, String reason) {
        LOG.warnf("%s %s: dead letter: %s", topic, event.key(), reason);
        RecordHeaders headers = Publisher.headers(event, stage);
        headers.add(DeadLetter.REASON, reason.getBytes(StandardCharsets.UTF_8));
        headers.add(DeadLetter.TOPIC, topic.getBytes(StandardCharsets.UTF_8));
        publisher.send(Topics.deadLetters(stage), event.key(), EventCodec.encode(event), headers);
    }

    /** Puts a record away. */
    public void put(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.warnf(
                "%s %s at %d/%d: dead letter: %s",
                record.topic(), record.key(), record.partition(), record.offset(), reason);
        RecordHeaders headers = new RecordHeaders(record.headers());
        headers.add(DeadLetter.REASON, reason.getBytes(StandardCharsets.UTF_8));
        headers.add(DeadLetter.TOPIC, record.topic().getBytes(StandardCharsets.UTF_8));
        headers.add(DeadLetter.POSITION, (record.partition() + "/" + record.offset()).getBytes(StandardCharsets.UTF_8));
        publisher.send(Topics.deadLetters(stage), record.key(), record.value(), headers);
    }
}
