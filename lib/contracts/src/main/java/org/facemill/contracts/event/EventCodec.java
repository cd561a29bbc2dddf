package org.facemill.contracts.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facemill.contracts.Json;
import org.facemill.contracts.schema.Schemas;

/**
 * Events on the wire: CloudEvents 1.0 in Kafka's binary mode. Attributes travel as {@code ce_} headers, the event as
 * JSON in the record's value, {@link Event#key()} as the record's key.
 *
 * <p>What comes in is checked against the type's JSON Schema here, at the border; behind it events are trusted.
 */
public final class EventCodec {

    public static final String SPEC_VERSION = "ce_specversion";
    public static final String TYPE = "ce_type";
    public static final String ID = "ce_id";
    public static final String SOURCE = "ce_source";
    public static final String TIME = "ce_time";
    public static final String SUBJECT = "ce_subject";
    public static final String CONTENT_TYPE = "content-type";

    private EventCodec() {}

    /** The deterministic id of an event: the same event made again has the same. */
    public static String id(Event event) {
        return EventType.of(event.getClass()).schema() + ":" + event.key() + "/" + event.discriminator();
    }

    /**
     * Headers of the record that carries the event: its subject is its key, its time is now.
     *
     * @param source the service that sends it, such as {@code aligner}
     */
    public static Map<String, String> headers(Event event, String source) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(SPEC_VERSION, "1.0");
        headers.put(TYPE, EventType.of(event.getClass()).ceType());
        headers.put(ID, id(event));
        headers.put(SOURCE, "/facemill/" + source);
        headers.put(SUBJECT, event.key());
        headers.put(TIME, Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        headers.put(CONTENT_TYPE, "application/json");
        return headers;
    }

    /** The value of the record that carries the event: JSON in UTF-8. */
    public static byte[] encode(Event event) {
        try {
            return Json.MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("event " + id(event) + " cannot be written as JSON", e);
        }
    }

    /**
     * Reads an event.
     *
     * @param type the kind that the topic carries
     * @param ceType the record's {@value #TYPE} header; empty where it has none
     * @param value the record's value
     * @throws InvalidEventException where the value is no JSON, is of another type or breaks the schema; names every fault
     */
    public static <E extends Event> E decode(Class<E> type, String ceType, byte[] value) {
        EventType expected = EventType.of(type);
        if (!ceType.equals(expected.ceType())) {
            throw new InvalidEventException(
                    expected,
                    List.of("header " + TYPE + " is '" + ceType + "', the topic carries '" + expected.ceType() + "'"));
        }
        if (value == null || value.length == 0) {
            throw new InvalidEventException(expected, List.of("the record has no value"));
        }
        JsonNode tree = tree(expected, value);
        List<String> faults = Schemas.of(expected.schema()).faults(tree).stream()
                .map(f -> f.path() + ": " + f.message())
                .toList();
        if (!faults.isEmpty()) {
            throw new InvalidEventException(expected, faults);
        }
        try {
            return Json.MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new InvalidEventException(expected, List.of(e.getOriginalMessage()));
        }
    }

    private static JsonNode tree(EventType expected, byte[] value) {
        try {
            return Json.strict(value);
        } catch (IOException e) {
            throw new InvalidEventException(expected, List.of("the value is no JSON: " + e.getMessage()));
        }
    }
}
