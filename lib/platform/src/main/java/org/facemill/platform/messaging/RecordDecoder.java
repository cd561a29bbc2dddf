package org.facemill.platform.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.facemill.contracts.Json;
import org.facemill.contracts.Printable;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.InvalidEventException;

/** The border between Kafka's records and events: headers, value and key are checked here, behind it events are trusted. */
public final class RecordDecoder {

    private RecordDecoder() {}

    /**
     * Reads the event that a record carries.
     *
     * @throws InvalidEventException where it carries none, an invalid one, or one of another key than the record's
     */
    public static <E extends Event> E decode(ConsumerRecord<String, byte[]> record, Class<E> type) {
        EventType expected = EventType.of(type);
        List<String> faults = EventHeaders.faults(record.headers(), expected);
        if (!faults.isEmpty()) {
            throw new InvalidEventException(expected, faults);
        }
        E event = EventCodec.decode(type, expected.ceType(), record.value());
        if (!event.key().equals(record.key())) {
            throw new InvalidEventException(
                    expected,
                    List.of(
                            record.key() == null
                                    ? "the record has no key, the event's is " + event.key()
                                    : "the record's key is " + Printable.of(record.key()) + ", the event's is "
                                            + event.key()));
        }
        return event;
    }

    /** The text of a header; empty where the record has none. */
    public static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /**
     * The identity that a record is about which cannot be decoded: that of its key. None where the value, as far as it can be
     * read, is about another one.
     */
    static Optional<RecordKey> identity(ConsumerRecord<String, byte[]> record) {
        Optional<RecordKey> written = written(record.value());
        return RecordKey.of(record.key())
                .filter(key -> written.isEmpty() || written.get().equals(key));
    }

    /** Read leniently: the question is which identity the record may be about, not whether it is valid. */
    private static Optional<RecordKey> written(byte[] value) {
        try {
            JsonNode event = Json.MAPPER.readTree(value == null ? new byte[0] : value);
            JsonNode ordinal = event.path("ordinal");
            return RecordKey.of(event.path("run").asText() + "/"
                    + (ordinal.canConvertToExactIntegral() ? ordinal.bigIntegerValue() : ordinal.asText()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
