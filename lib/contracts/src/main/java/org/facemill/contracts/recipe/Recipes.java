package org.facemill.contracts.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.RecipeException.Fault;

/** Reads recipes: fills in defaults, then checks the whole against the recipe's JSON Schema and against itself. */
public final class Recipes {

    /** The name of the recipe's schema among {@link org.facemill.contracts.Schemas}. */
    public static final String SCHEMA = "recipe.v1";

    private static final JsonNode DEFAULTS = Json.resource("recipe-defaults.json");
    private static final String DEFAULT_SAMPLER = DEFAULTS.at("/sampling/sampler").textValue();

    private Recipes() {
    }

    /**
     * A recipe from what a user wrote, as {@link #parse}.
     *
     * @param text YAML or JSON
     * @throws RecipeException naming every fault with its path
     */
    public static Recipe read(String text) {
        return parse(WrittenRecipe.tree(text));
    }

    /**
     * A recipe from what a user wrote. Unknown fields are faults: a misspelt option must not be ignored in silence.
     *
     * @param written the recipe as JSON tree; fields left out take their defaults
     * @throws RecipeException naming every fault with its path
     */
    public static Recipe parse(JsonNode written) {
        WrittenRecipe whole = WrittenRecipe.over(defaults(written), written);
        if (!whole.tree().has("maxFailures") && whole.tree().path("identities").canConvertToInt()) {
            whole.tree().put("maxFailures", whole.tree().path("identities").intValue() / 10 + 20);
        }
        Recipe recipe = whole.as(Recipe.class, SCHEMA);
        List<Fault> faults = contradictions(recipe);
        if (!faults.isEmpty()) {
            throw new RecipeException(faults);
        }
        return recipe;
    }

    /** The default model is the default sampler's; any other sampler has the one that the recipe names, or none. */
    private static JsonNode defaults(JsonNode written) {
        JsonNode defaults = DEFAULTS.deepCopy();
        if (!written.at("/sampling/sampler").asText(DEFAULT_SAMPLER).equals(DEFAULT_SAMPLER)) {
            ((ObjectNode) defaults.get("sampling")).put("model", "");
        }
        return defaults;
    }

    private static List<Fault> contradictions(Recipe recipe) {
        List<Fault> faults = new ArrayList<>();
        if (recipe.contexts().source() == ContextSource.FILE && recipe.contexts().file().isEmpty()) {
            faults.add(new Fault("$.contexts.file", "names no file, but source is file; give an object of the contexts bucket"));
        }
        if (recipe.sampling().sampler().equals(DEFAULT_SAMPLER) && recipe.sampling().model().isEmpty()) {
            faults.add(new Fault("$.sampling.model", "names no model, but sampler " + DEFAULT_SAMPLER
                    + " needs one; give a folder of the models bucket"));
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
            training(recipe).ifPresent(faults::add);
        }
        if (recipe.images() + recipe.sampling().spare() > 1024) {
            faults.add(new Fault("$.sampling.spare", "images + spare is " + (recipe.images() + recipe.sampling().spare())
                    + ", a block holds at most 1024"));
        }
        return faults;
    }

    /** What keeps the recogniser of the smallest version from being trained. */
    private static Optional<Fault> training(Recipe recipe) {
        int smallest = recipe.dataset().versions().isEmpty() ? recipe.identities() : recipe.dataset().versions().get(0);
        int trained = smallest - recipe.training().holdout();
        if (trained < 2) {
            return Optional.of(new Fault("$.training.holdout", "leaves fewer than 2 of " + smallest
                    + " identities to train on; lower it, or set training.enabled to false"));
        }
        long images = (long) trained * (recipe.images() + recipe.dataset().copies());
        if (images < recipe.training().batchSize()) {
            return Optional.of(new Fault("$.training.batchSize", recipe.training().batchSize() + " is more than the " + images
                    + " images to train on; lower it"));
        }
        return Optional.empty();
    }
}
