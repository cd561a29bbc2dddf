package org.facemill.cli.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.facemill.contracts.Json;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventCodec;

/** Events as records, and what records say. */
final class Records {

    /** Sent with each event, and to come back with each result. */
    private static final List<String> EXTENSIONS = List.of("traceparent", "ce_conformance");

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private Records() {}

    static ProducerRecord<byte[], byte[]> of(String topic, Event event) {
        return new ProducerRecord<>(topic, null, event.key().getBytes(UTF_8), EventCodec.encode(event), headers(event));
    }

    /** An event with a field that no version of it has yet. */
    static ProducerRecord<byte[], byte[]> withUnknownField(String topic, Event event) {
        ProducerRecord<byte[], byte[]> record = of(topic, event);
        ObjectNode body = Json.MAPPER.valueToTree(event);
        body.putObject("conformance").put("of", "a later version");
        return new ProducerRecord<>(topic, null, record.key(), body.toString().getBytes(UTF_8), record.headers());
    }

    /** The headers of an event, extensions among them. */
    static RecordHeaders headers(Event event) {
        RecordHeaders headers = new RecordHeaders();
        EventCodec.headers(event, "conformance").forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
        EXTENSIONS.forEach(name -> headers.add(name, TRACE.getBytes(UTF_8)));
        return headers;
    }

    /** The text of a record's key; empty where it has none. */
    static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), UTF_8);
    }

    /** The text of a header; empty where there is none. */
    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    /** The attempt that a record's JSON tells of; -1 where it cannot be read. */
    static int attempt(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Json.MAPPER.readTree(record.value()).path("attempt").asInt(-1);
        } catch (IOException | IllegalArgumentException e) {
            return -1;
        }
    }

    /** Extensions that should be there and are not. */
    static List<String> extensionsMissing(ConsumerRecord<byte[], byte[]> record) {
        return EXTENSIONS.stream()
                .filter(name -> !header(record, name).equals(TRACE))
                .toList();
    }

    /** What is wrong with the envelope of an event. */
    static List<String> envelopeFaults(ConsumerRecord<byte[], byte[]> record, Event event) {
        List<String> faults = new ArrayList<>();
        EventCodec.headers(event, "").forEach((name, value) -> {
            List<Header> found = all(record.headers(), name);
            if (found.size() != 1) {
                faults.add("header " + name + " is there " + found.size() + " times");
            } else if (!name.equals(EventCodec.SOURCE)
                    && !name.equals("ce_time")
                    && !header(record, name).equals(value)) {
                faults.add("header " + name + " is '" + header(record, name) + "', expected '" + value + "'");
            }
        });
        if (!header(record, EventCodec.SOURCE).matches("/facemill/\\S+")) {
            faults.add("header ce_source is '" + header(record, EventCodec.SOURCE) + "', expected /facemill/<name>");
        }
        if (!key(record).equals(event.key())) {
            faults.add("the record's key is '" + key(record) + "', expected '" + event.key() + "'");
        }
        return faults;
    }

    /** Names of headers of a record that another does not have, or has otherwise. */
    static List<String> headersLost(ProducerRecord<byte[], byte[]> from, ConsumerRecord<byte[], byte[]> in) {
        List<String> lost = new ArrayList<>();
        for (Header header : from.headers()) {
            if (all(in.headers(), header.key()).stream().noneMatch(h -> Arrays.equals(h.value(), header.value()))) {
                lost.add(header.key());
            }
        }
        return lost;
    }

    private static List<Header> all(Headers headers, String name) {
        return StreamSupport.stream(headers.headers(name).spliterator(), false).toList();
    }
}
