package org.facemill.platform.messaging;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.InvalidEventException;

/** The border between Kafka's records and events. */
public final class RecordDecoder {

    private RecordDecoder() {}

    /**
     * Reads the event that a record carries.
     *
     * @throws InvalidEventException where it carries none, an invalid one, or one of another key than the record's
     */
    public static <E extends Event> E decode(ConsumerRecord<String, byte[]> record, Class<E> type) {
        E event = EventCodec.decode(type, header(record, EventCodec.TYPE), record.value());
        if (!event.key().equals(record.key())) {
            throw new InvalidEventException(
                    EventType.of(type),
                    List.of(
                            record.key() == null
                                    ? "the record has no key, the event's is " + event.key()
                                    : "the record's key is " + record.key() + ", the event's is " + event.key()));
        }
        return event;
    }

    /** The text of a header; empty where the record has none. */
    public static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
