package org.facemill.platform.messaging;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What a record's headers say beside the event itself: trace context, and CloudEvents extensions that nobody here knows. A
 * stage hands them on to what it publishes; what is malformed or very long is dropped.
 *
 * @param headers by name
 */
public record Extensions(Map<String, String> headers) {

    public static final Extensions NONE = new Extensions(Map.of());

    private static final Set<String> TRACE_CONTEXT = Set.of("traceparent", "tracestate");
    private static final Pattern EXTENSION = Pattern.compile("ce_[a-z0-9]{1,40}");

    /** Attributes that each event has for itself. */
    private static final Set<String> OWN = Set.of(
            "ce_specversion",
            "ce_id",
            "ce_source",
            "ce_type",
            "ce_time",
            "ce_subject",
            "ce_datacontenttype",
            "ce_dataschema");

    private static final int MOST = 32;
    private static final int LONGEST = 1024;

    static Extensions of(Headers headers) {
        Map<String, String> found = new TreeMap<>();
        for (Header header : headers) {
            if (found.size() < MOST && handedOn(header.key())) {
                EventHeaders.text(header)
                        .filter(value -> value.length() <= LONGEST)
                        .ifPresent(value -> found.put(header.key(), value));
            }
        }
        return new Extensions(Map.copyOf(found));
    }

    private static boolean handedOn(String name) {
        return TRACE_CONTEXT.contains(name) || EXTENSION.matcher(name).matches() && !OWN.contains(name);
    }

    RecordHeaders addedTo(RecordHeaders event) {
        headers.forEach((name, value) -> event.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return event;
    }
}
