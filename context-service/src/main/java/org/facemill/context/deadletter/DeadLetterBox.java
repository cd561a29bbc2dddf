package org.facemill.context.deadletter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Json;
import org.facemill.contracts.Printable;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.event.InvalidEventException;
import org.facemill.platform.messaging.Publisher;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.messaging.TopicContents;
import org.jboss.logging.Logger;

/** The dead-letter topics of all stages, and what was done about what lies in them. */
@ApplicationScoped
class DeadLetterBox {

    private static final Logger LOG = Logger.getLogger(DeadLetterBox.class);
    private static final String PREFIX = Topics.deadLetters("");

    private static final String REASON = DeadLetterHeaders.REASON;
    private static final String TOPIC = DeadLetterHeaders.TOPIC;
    private static final String POSITION = DeadLetterHeaders.POSITION;
    /** What a stage added when it put the record away. */
    private static final Set<String> ADDED = Set.of(REASON, TOPIC, POSITION);

    private final TopicContents topics;
    private final Handlings handlings;
    private final Publisher publisher;

    DeadLetterBox(TopicContents topics, Handlings handlings, Publisher publisher) {
        this.topics = topics;
        this.handlings = handlings;
        this.publisher = publisher;
    }

    /** The record itself. */
    record Found(DeadLetter letter, ConsumerRecord<String, byte[]> record) {

        byte[] value() {
            return record.value() == null ? new byte[0] : record.value();
        }
    }

    /** All, or those of one run; the latest first. */
    List<DeadLetter> list(Optional<String> run) {
        Map<String, Handling> done = handlings.all();
        return topics.read(topic -> topic.startsWith(PREFIX)).stream()
                .map(record -> letter(record, done))
                .filter(letter -> run.isEmpty() || letter.isOf(run.get()))
                .sorted(Comparator.comparing(DeadLetter::when)
                        .thenComparing(DeadLetter::id)
                        .reversed())
                .toList();
    }

    /** One; empty where there is none of this id. */
    Optional<Found> find(String id) {
        Map<String, Handling> done = handlings.all();
        return topics.read(topic -> topic.equals(PREFIX + id.substring(0, Math.max(0, id.indexOf('/'))))).stream()
                .filter(record -> id(record).equals(id))
                .findFirst()
                .map(record -> new Found(letter(record, done), record));
    }

    /**
     * Sends a record to the topic that it came from: an identity's event as a new attempt, any other as it was.
     *
     * @throws InvalidReplayException where its stage would refuse it again
     */
    void replay(Found found) {
        DeadLetter letter = found.letter();
        if (letter.topic().isEmpty()) {
            throw new InvalidReplayException(letter.id() + ": does not say which topic it came from");
        }
        Event event = again(found);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(letter.topic(), event.key(), EventCodec.encode(event));
        letter.headers().forEach((name, value) -> {
            if (!ADDED.contains(name)) {
                String own = name.equals(EventCodec.ID) ? EventCodec.id(event) : value;
                record.headers().add(name, own.getBytes(StandardCharsets.UTF_8));
            }
        });
        publisher.send(List.of(record));
        handlings.replayed(letter.id(), Instant.now());
        LOG.infof("dead letter %s is sent to %s again: %s", letter.id(), letter.topic(), event.key());
    }

    /** Notes that nothing will be done about one. */
    void dismiss(DeadLetter letter) {
        handlings.dismissed(letter.id(), Instant.now());
        LOG.infof("dead letter %s is dismissed: %s", letter.id(), Printable.of(letter.key()));
    }

    /** A record that cannot be sent again. */
    static final class InvalidReplayException extends RuntimeException {
        InvalidReplayException(String message) {
            super(message);
        }
    }

    private static Event again(Found found) {
        String ceType = found.letter().headers().getOrDefault(EventCodec.TYPE, "");
        Class<? extends Event> type = EventType.of(ceType)
                .orElseThrow(() -> refused(found, "its header " + EventCodec.TYPE + " is '" + ceType + "'"))
                .event();
        try {
            Event event = EventCodec.decode(type, ceType, found.value());
            if (event instanceof IdentityEvent identity) {
                ObjectNode json = (ObjectNode) Json.MAPPER.readTree(found.value());
                json.put("attempt", identity.attempt() + 1);
                return EventCodec.decode(type, ceType, Json.MAPPER.writeValueAsBytes(json));
            }
            return event;
        } catch (InvalidEventException | IOException e) {
            throw refused(found, e.getMessage());
        }
    }

    private static InvalidReplayException refused(Found found, String why) {
        return new InvalidReplayException(found.letter().id()
                + ": is no valid event, so its stage would refuse it again (" + why + "); send a valid one");
    }

    private static String id(ConsumerRecord<String, byte[]> record) {
        return record.topic().substring(PREFIX.length()) + "/" + record.partition() + "/" + record.offset();
    }

    private static DeadLetter letter(ConsumerRecord<String, byte[]> record, Map<String, Handling> done) {
        String id = id(record);
        Optional<Handling> handling = Optional.ofNullable(done.get(id));
        return new DeadLetter(
                id,
                record.topic().substring(PREFIX.length()),
                RecordDecoder.header(record, TOPIC),
                RecordDecoder.header(record, POSITION),
                record.key() == null ? "" : record.key(),
                Instant.ofEpochMilli(record.timestamp()),
                RecordDecoder.header(record, REASON),
                handling.flatMap(Handling::replayedAt),
                handling.flatMap(Handling::dismissedAt),
                headers(record));
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), RecordDecoder.header(record, header.key())));
        return headers;
    }
}
