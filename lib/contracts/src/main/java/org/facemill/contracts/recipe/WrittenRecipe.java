package org.facemill.contracts.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.facemill.contracts.Json;
import org.facemill.contracts.Schemas;
import org.facemill.contracts.recipe.RecipeException.Fault;

/**
 * What a user wrote, with defaults filled in.
 *
 * @param tree the whole
 */
record WrittenRecipe(ObjectNode tree) {

    /** JSON is YAML too. */
    private static final ObjectMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** @throws RecipeException where the text is neither YAML nor JSON, or gives a key twice */
    static JsonNode tree(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RecipeException(List.of(new Fault("$", "no valid YAML or JSON: " + e.getOriginalMessage() + ", line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()))));
        }
    }

    /** @throws RecipeException where it is no object */
    static WrittenRecipe over(JsonNode defaults, JsonNode written) {
        if (!written.isObject()) {
            throw new RecipeException(List.of(new Fault("$", "a recipe is an object of fields")));
        }
        return new WrittenRecipe(merge(defaults.deepCopy(), (ObjectNode) written));
    }

    private static ObjectNode merge(ObjectNode base, ObjectNode over) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = over.fields(); fields.hasNext();) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode below = base.get(field.getKey());
            if (below instanceof ObjectNode section && field.getValue() instanceof ObjectNode written) {
                merge(section, written);
            } else {
                base.set(field.getKey(), field.getValue());
            }
        }
        return base;
    }

    /** @throws RecipeException naming every departure from the schema */
    <T> T as(Class<T> type, String schema) {
        List<Fault> faults = Schemas.of(schema).faults(tree).stream().map(f -> new Fault(f.path(), f.message())).toList();
        if (!faults.isEmpty()) {
            throw new RecipeException(faults);
        }
        try {
            return Json.MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new RecipeException(List.of(new Fault("$", e.getOriginalMessage())));
        }
    }
}
