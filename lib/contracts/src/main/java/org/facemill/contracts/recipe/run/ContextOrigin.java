package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.facemill.contracts.Json;

/**
 * Where the identities' contexts come from: {@code {source: file, file: mine.npz}}.
 *
 * @param source name of the context source
 * @param parameters of this source, by name
 */
public record ContextOrigin(String source, ObjectNode parameters) {

    private static final String SOURCE = "source";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ContextOrigin of(ObjectNode json) {
        return new ContextOrigin(json.path(SOURCE).asText(), json.deepCopy().without(SOURCE));
    }

    @JsonValue
    ObjectNode json() {
        return Json.merged(Json.MAPPER.createObjectNode().put(SOURCE, source), parameters);
    }
}
