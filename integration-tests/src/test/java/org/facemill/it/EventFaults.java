package org.facemill.it;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.Headers;

/** Faults of records that no kind of event survives, by what is wrong. */
final class EventFaults {

    private static final int LONG = 100_000;
    private static final String FIRST_NUMBER = ":-?[0-9][0-9.eE+-]*";

    private EventFaults() {}

    static Map<String, Consumer<Headers>> ofHeaders() {
        Map<String, Consumer<Headers>> faults = new LinkedHashMap<>();
        for (String name : List.of("ce_specversion", "ce_type", "ce_id", "ce_source")) {
            faults.put("without " + name, h -> h.remove(name));
            faults.put(name + " without value", h -> set(h, name, (byte[]) null));
            faults.put(name + " empty", h -> set(h, name, new byte[0]));
            faults.put(name + " twice", h -> h.add(name, h.lastHeader(name).value()));
            faults.put(name + " not UTF-8", h -> set(h, name, new byte[] {(byte) 0xc3, (byte) 0x28}));
            faults.put(name + " in UTF-16", h -> set(h, name, "facemill".getBytes(StandardCharsets.UTF_16LE)));
            faults.put(name + " with an escape", h -> set(h, name, "\u001b[2Jcleared\r\n"));
        }
        faults.put("specversion 0.3", h -> set(h, "ce_specversion", "0.3"));
        faults.put("specversion 1", h -> set(h, "ce_specversion", "1"));
        faults.put("another type", h -> set(h, "ce_type", "facemill.something.v1"));
        faults.put("a type of 100000 letters", h -> set(h, "ce_type", "x".repeat(LONG)));
        faults.put("a source with a space", h -> set(h, "ce_source", "my sampler"));
        faults.put("a source with a percent sign that codes nothing", h -> set(h, "ce_source", "/x%zz"));
        faults.put("structured mode", h -> set(h, "content-type", "application/cloudevents+json"));
        faults.put("text/plain", h -> set(h, "content-type", "text/plain"));
        faults.put("charset utf-16", h -> set(h, "content-type", "application/json; charset=utf-16"));
        return faults;
    }

    static Map<String, Function<String, byte[]>> ofValues() {
        Map<String, UnaryOperator<String>> texts = new LinkedHashMap<>();
        texts.put("no JSON", json -> "hello \u001b[31m\u0007");
        texts.put("cut", json -> json.substring(0, json.length() / 2));
        texts.put("blank", json -> "  ");
        texts.put("a byte order mark", json -> "\uFEFF" + json);
        texts.put("trailing text", json -> json + " and more");
        texts.put("two values", json -> json + json);
        texts.put("a field twice", json -> "{\"run\":\"x\"," + json.substring(1));
        texts.put("in a list", json -> "[" + json + "]");
        texts.put("null", json -> "null");
        texts.put("deep", json -> "[".repeat(50_000));
        texts.put("a deep field", json -> "{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "," + json.substring(1));
        texts.put("a number too large", json -> json.replaceFirst(FIRST_NUMBER, ":1e400"));
        texts.put("a number of 100000 digits", json -> json.replaceFirst(FIRST_NUMBER, ":" + "9".repeat(LONG)));
        texts.put("a number as text", json -> json.replaceFirst(FIRST_NUMBER, ":\"7\""));
        texts.put("a number with a leading zero", json -> json.replaceFirst(FIRST_NUMBER, ":007"));
        texts.put("a truth for a number", json -> json.replaceFirst(FIRST_NUMBER, ":true"));
        texts.put("Infinity", json -> json.replaceFirst(FIRST_NUMBER, ":Infinity"));
        texts.put("a comment", json -> "/* mine */" + json);
        texts.put("half a surrogate pair", json -> json.replaceFirst("\"run\":\"", "\"run\":\"\\\\ud800"));
        Map<String, Function<String, byte[]>> faults = new LinkedHashMap<>();
        texts.forEach((name, change) -> faults.put(name, json -> utf8(change.apply(json))));
        faults.put("UTF-16", json -> json.getBytes(StandardCharsets.UTF_16));
        faults.put("UTF-16LE", json -> json.getBytes(StandardCharsets.UTF_16LE));
        faults.put("no UTF-8", json -> (json + "\u00f1").getBytes(StandardCharsets.ISO_8859_1));
        faults.put("no value", json -> null);
        faults.put("empty", json -> new byte[0]);
        return faults;
    }

    /** What no run is called. */
    static Map<String, String> ofRuns() {
        return Map.of(
                "climbs", "../../etc",
                "is coded by percent", "%2e%2e%2fetc",
                "has an escape", "\u001b[2J\u0000",
                "has wide letters", "\uff52\uff55\uff4e",
                "has a letter and its accent", "caf\u0065\u0301",
                "is written from right to left", "\u202enur",
                "is empty", "",
                "is too long", "r".repeat(64),
                "has 100000 letters", "r".repeat(LONG));
    }

    /** What readers do not look at. */
    static Map<String, Consumer<Headers>> noneOfHeaders() {
        return Map.of(
                "ce_time yesterday", h -> h.add("ce_time", utf8("yesterday")),
                "ce_time in 9999", h -> h.add("ce_time", utf8("9999-12-31T23:59:59Z")),
                "ce_dataschema that is none", h -> h.add("ce_dataschema", utf8("::no uri::")),
                "a subject of another", h -> h.add("ce_subject", utf8("../" + "x".repeat(LONG))),
                "an extension twice", h -> h.add("ce_mine", utf8("1")).add("ce_mine", utf8("2")),
                "a trace that is none", h -> h.add("traceparent", new byte[] {(byte) 0xff, 0}),
                "a header without a name", h -> h.add("", utf8("x")),
                "a name with an escape", h -> h.add("ce_\u001b[2J", utf8("x")),
                "a thousand headers",
                        h -> {
                            for (int i = 0; i < 1_000; i++) {
                                h.add("ce_x" + i, utf8("x"));
                            }
                        });
    }

    private static void set(Headers headers, String name, String value) {
        set(headers, name, utf8(value));
    }

    private static void set(Headers headers, String name, byte[] value) {
        headers.remove(name).add(name, value);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
