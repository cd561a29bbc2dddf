package org.facemill.contracts.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.facemill.contracts.Json;
import org.facemill.contracts.Schemas;
import org.facemill.contracts.recipe.RecipeException.Fault;

/** Reads recipes: fills in defaults, then checks the whole against the recipe's JSON Schema and against itself. */
public final class Recipes {

    /** The name of the recipe's schema among {@link Schemas}. */
    public static final String SCHEMA = "recipe.v1";

    private static final JsonNode DEFAULTS = Json.resource("recipe-defaults.json");

    private Recipes() {
    }

    /**
     * A recipe from what a user wrote. Unknown fields are faults: a misspelt option must not be ignored in silence.
     *
     * @param written the recipe as JSON tree; fields left out take their defaults
     * @throws RecipeException naming every fault with its path
     */
    public static Recipe parse(JsonNode written) {
        if (!written.isObject()) {
            throw new RecipeException(List.of(new Fault("$", "a recipe is an object with fields such as identities and images")));
        }
        ObjectNode whole = merge(DEFAULTS.deepCopy(), (ObjectNode) written);
        if (!whole.has("maxFailures") && whole.path("identities").canConvertToInt()) {
            whole.put("maxFailures", whole.path("identities").intValue() / 10 + 20);
        }
        List<Fault> faults = new ArrayList<>();
        Schemas.of(SCHEMA).faults(whole).forEach(f -> faults.add(new Fault(f.path(), f.message())));
        if (!faults.isEmpty()) {
            throw new RecipeException(faults);
        }
        Recipe recipe = read(whole);
        faults.addAll(contradictions(recipe));
        if (!faults.isEmpty()) {
            throw new RecipeException(faults);
        }
        return recipe;
    }

    private static Recipe read(JsonNode whole) {
        try {
            return Json.MAPPER.treeToValue(whole, Recipe.class);
        } catch (JsonProcessingException e) {
            throw new RecipeException(List.of(new Fault("$", e.getOriginalMessage())));
        }
    }

    private static List<Fault> contradictions(Recipe recipe) {
        List<Fault> faults = new ArrayList<>();
        if (recipe.contexts().source() == ContextSource.FILE && recipe.contexts().file().isEmpty()) {
            faults.add(new Fault("$.contexts.file", "names no file, but source is file; give an object of the contexts bucket"));
        }
        int before = 0;
        for (int i = 0; i < recipe.dataset().versions().size(); i++) {
            int count = recipe.dataset().versions().get(i);
            if (count <= before || count >= recipe.identities()) {
                faults.add(new Fault("$.dataset.versions[" + i + "]", count + " must be above " + before + " and below identities, "
                        + recipe.identities()));
            }
            before = count;
        }
        if (recipe.training().enabled()) {
            int smallest = recipe.dataset().versions().isEmpty() ? recipe.identities() : recipe.dataset().versions().get(0);
            if (smallest - recipe.training().holdout() < 2) {
                faults.add(new Fault("$.training.holdout", "leaves fewer than 2 of " + smallest
                        + " identities to train on; lower it, or set training.enabled to false"));
            }
        }
        if (recipe.images() + recipe.sampling().spare() > 1024) {
            faults.add(new Fault("$.sampling.spare", "images + spare is " + (recipe.images() + recipe.sampling().spare())
                    + ", a block holds at most 1024"));
        }
        return faults;
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
}
