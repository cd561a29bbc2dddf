package org.facemill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.facemill.contracts.schema.Schemas;

/** What several schemas define is defined once, in a document of its own. */
final class SharedDefinitions {

    static final String NAME = Schemas.DEFINITIONS;

    private SharedDefinitions() {}

    /** Moves what several of the schemas define into one document, which is returned. */
    static ObjectNode moved(Collection<ObjectNode> schemas) {
        TreeMap<String, JsonNode> shared = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (ObjectNode schema : schemas) {
            schema.path("$defs").fields().forEachRemaining(definition -> {
                if (!seen.add(definition.getKey())) {
                    shared.put(definition.getKey(), definition.getValue());
                }
            });
        }
        schemas.forEach(schema -> moveOut(schema, shared));
        ObjectNode document = SchemaGenerator.titled(NAME);
        document.putObject("$defs").setAll(shared);
        return document;
    }

    private static void moveOut(ObjectNode schema, TreeMap<String, JsonNode> shared) {
        if (!(schema.get("$defs") instanceof ObjectNode definitions)) {
            return;
        }
        for (String name : shared.keySet()) {
            if (definitions.has(name)) {
                assertThat(definitions.remove(name))
                        .as("one meaning of " + name)
                        .isEqualTo(shared.get(name));
            }
        }
        if (definitions.isEmpty()) {
            schema.remove("$defs");
        }
        for (JsonNode parent : schema.findParents("$ref")) {
            String name = parent.get("$ref").textValue().substring(SchemaGenerator.DEFINITIONS.length());
            if (shared.containsKey(name)) {
                ((ObjectNode) parent).put("$ref", NAME + ".json" + SchemaGenerator.DEFINITIONS + name);
            }
        }
    }
}
