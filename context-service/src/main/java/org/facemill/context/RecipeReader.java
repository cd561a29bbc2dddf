package org.facemill.context;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import org.facemill.contracts.recipe.Recipe;
import org.facemill.contracts.recipe.RecipeException;
import org.facemill.contracts.recipe.RecipeException.Fault;
import org.facemill.contracts.recipe.Recipes;

/** Reads a recipe as users write it. */
final class RecipeReader {

    /** JSON is YAML too. */
    private static final ObjectMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private RecipeReader() {
    }

    /**
     * Reads a recipe.
     *
     * @param text YAML or JSON
     * @throws RecipeException naming every fault with its path
     */
    static Recipe read(String text) {
        return Recipes.parse(tree(text));
    }

    private static JsonNode tree(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RecipeException(List.of(new Fault("$", "no valid YAML or JSON: " + e.getOriginalMessage() + ", line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()))));
        }
    }
}
