package org.facemill.contracts.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.facemill.contracts.Json;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Vocabulary;

/** The published JSON Schemas, which are also what events and recipes are checked against when they come in. */
public final class Schemas {

    /** One departure from a schema: where, as a JSONPath, and what is expected there. */
    public record Fault(String path, String message) {}

    /** What several schemas define: they refer to it. */
    public static final String DEFINITIONS = "definitions.v1";

    private static final String ROOT = "https://facemill.org/schemas/";
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            factory -> factory.schemaLoaders(loaders -> loaders.schemas(
                    Map.of(ROOT + DEFINITIONS + ".json", document(DEFINITIONS).toString()))));
    private static final Map<String, Schemas> KNOWN = new ConcurrentHashMap<>();

    private final JsonSchema schema;

    private Schemas(JsonSchema schema) {
        this.schema = schema;
    }

    /** The schema of this name, such as {@code identity-context.v1}, from {@code schemas/<name>.json}. */
    public static Schemas of(String name) {
        return KNOWN.computeIfAbsent(name, n -> new Schemas(FACTORY.getSchema(document(n))));
    }

    /** The schema as a document: as it is published, with the choices that registrations on the class path add. */
    public static JsonNode document(String name) {
        ObjectNode document = (ObjectNode) Json.resource("schemas/" + name + ".json");
        // events are open: names in them were checked with the recipe that they come from
        boolean closed = !document.path("additionalProperties").asBoolean(true);
        if (closed && document.get("$defs") instanceof ObjectNode definitions) {
            for (Kind kind : Kind.values()) {
                Vocabulary vocabulary = Vocabulary.of(kind);
                if (definitions.has(kind.key()) && !vocabulary.names().isEmpty()) {
                    definitions.set(kind.key(), vocabulary.schema());
                }
            }
        }
        return document;
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
