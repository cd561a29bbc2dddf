package org.facemill.contracts.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.facemill.contracts.Json;

/**
 * A choice with its parameters: {@code {type: arcface, scale: 64, margin: 0.5}}.
 *
 * @param type name of what is chosen
 * @param parameters by name; what is left out has its default
 */
public record Variant(String type, ObjectNode parameters) {

    /** The field with the name. */
    static final String TYPE = "type";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Variant of(ObjectNode json) {
        return new Variant(json.path(TYPE).asText(), json.deepCopy().without(TYPE));
    }

    /** The choice of an implementation with the parameters that it has. */
    public static Variant of(Registered chosen) {
        return new Variant(chosen.name(), Json.MAPPER.valueToTree(chosen));
    }

    @JsonValue
    ObjectNode json() {
        return Json.merged(Json.MAPPER.createObjectNode().put(TYPE, type), parameters);
    }
}
