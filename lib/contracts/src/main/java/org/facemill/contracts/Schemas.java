package org.facemill.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The published JSON Schemas, which are also what events and recipes are checked against when they come in. */
public final class Schemas {

    /** One departure from a schema: where, as a JSONPath, and what is expected there. */
    public record Fault(String path, String message) {}

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final Map<String, Schemas> KNOWN = new ConcurrentHashMap<>();

    private final JsonSchema schema;

    private Schemas(JsonSchema schema) {
        this.schema = schema;
    }

    /** The schema of this name, such as {@code identity-context.v1}, from {@code schemas/<name>.json}. */
    public static Schemas of(String name) {
        return KNOWN.computeIfAbsent(
                name, n -> new Schemas(FACTORY.getSchema(Json.resource("schemas/" + n + ".json"))));
    }

    /** What is wrong with a document; empty where it is valid. */
    public List<Fault> faults(JsonNode document) {
        return schema.validate(document).stream().map(Schemas::fault).toList();
    }

    /** A field that is missing or unknown is named itself, not the object that should or should not have it. */
    private static Fault fault(ValidationMessage found) {
        String path = found.getInstanceLocation().toString();
        String message = found.getMessage();
        return new Fault(
                found.getProperty() == null ? path : path + "." + found.getProperty(),
                message.startsWith(path + ": ") ? message.substring(path.length() + 2) : message);
    }
}
