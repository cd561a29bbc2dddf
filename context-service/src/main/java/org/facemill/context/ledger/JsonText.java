package org.facemill.context.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.facemill.contracts.Json;

/** Values as JSON in a column. */
final class JsonText {

    private JsonText() {}

    static String of(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value.getClass() + " cannot be written as JSON", e);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return Json.MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger holds no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
