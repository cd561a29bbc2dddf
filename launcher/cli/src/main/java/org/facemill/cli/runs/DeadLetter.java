package org.facemill.cli.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record that a stage could not work on, as context-service reports it.
 *
 * @param id      where it lies: {@code stage/partition/offset}
 * @param topic   that it came from; empty where the stage did not say
 * @param key     empty where it has none
 * @param when    it was put away
 * @param handled what was done about it, and when; empty where nothing was
 * @param headers as text
 * @param value   as text; empty in a list
 */
public record DeadLetter(
        String id,
        String stage,
        String topic,
        String key,
        String when,
        String reason,
        String handled,
        Map<String, String> headers,
        String value) {

    static DeadLetter of(JsonNode json) {
        Map<String, String> headers = new LinkedHashMap<>();
        json.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new DeadLetter(
                json.path("id").asText(),
                json.path("stage").asText(),
                json.path("topic").asText(),
                json.path("key").asText(),
                json.path("when").asText(),
                json.path("reason").asText(),
                handled(json),
                headers,
                json.path("value").asText());
    }

    private static String handled(JsonNode json) {
        if (json.hasNonNull("dismissed")) {
            return "dismissed " + json.get("dismissed").asText();
        }
        return json.hasNonNull("replayed")
                ? "sent again " + json.get("replayed").asText()
                : "";
    }
}
