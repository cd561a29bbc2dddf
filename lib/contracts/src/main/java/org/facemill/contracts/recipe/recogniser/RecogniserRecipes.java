package org.facemill.contracts.recipe.recogniser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.OldSpellings;
import org.facemill.contracts.recipe.WrittenRecipe;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Vocabulary;

/** Reads recipes of recognisers: fills in defaults, then checks the whole against its JSON Schema. */
public final class RecogniserRecipes {

    /** The name of the recipe's schema among {@link org.facemill.contracts.schema.Schemas}. */
    public static final String SCHEMA = "recogniser-recipe.v1";

    private static final ObjectNode DEFAULTS = (ObjectNode) Json.resource("recogniser-training-defaults.json");
    private static final OldSpellings OLD_SPELLINGS = oldSpellings(new OldSpellings().key("recipe", "training"));

    private RecogniserRecipes() {}

    /**
     * A recipe from what a user wrote. Unknown fields are faults: a misspelt option must not be ignored in silence.
     *
     * @param text YAML or JSON; fields left out take their defaults
     * @throws org.facemill.contracts.recipe.RecipeException naming every fault with its path
     */
    public static RecogniserRecipe read(String text) {
        return WrittenRecipe.read(
                        WrittenRecipe.tree(text),
                        OLD_SPELLINGS,
                        RecogniserRecipes::defaults,
                        RecogniserRecipe.class,
                        SCHEMA)
                .accepted();
    }

    private static ObjectNode defaults(ObjectNode written) {
        ObjectNode defaults = Json.MAPPER.createObjectNode().put("holdout", 0);
        defaults.putArray("data");
        defaults.putArray("benchmarks");
        defaults.set("training", trainingDefaults(written.path("training")));
        return defaults;
    }

    /**
     * What holds where a recipe's section of training says nothing. The parameters of head and schedule are those of the type
     * that it chooses.
     *
     * @param written the section, or what stands in its place
     */
    public static ObjectNode trainingDefaults(JsonNode written) {
        ObjectNode defaults = DEFAULTS.deepCopy();
        chosen(defaults, written, "head", Kind.MARGIN_HEAD);
        chosen(defaults, written, "schedule", Kind.RATE_SCHEDULE);
        return defaults;
    }

    private static void chosen(ObjectNode defaults, JsonNode written, String field, Kind kind) {
        defaults.set(field, Vocabulary.of(kind).defaults((ObjectNode) defaults.get(field), written.path(field)));
    }

    /** Adds those of a section {@code training}. */
    public static OldSpellings oldSpellings(OldSpellings others) {
        return others.key("training.scale", "training.head.scale")
                .key("training.margin", "training.head.margin")
                .key("training.learning_rate", "training.schedule.base")
                .key("training.milestones", "training.schedule.milestones")
                .key("training.momentum", "training.optimizer.momentum")
                .key("training.weight_decay", "training.optimizer.weight_decay")
                .key("training.augmentation", "training.augment")
                .value("training.precision", "f32", "fp32")
                .value("training.head.type", "elasticface-arc", "elasticface, with angular: true")
                .value("training.head.type", "elasticface-cos", "elasticface, with angular: false")
                .value("training.head", "elasticface-arc", "{type: elasticface, angular: true}")
                .value("training.head", "elasticface-cos", "{type: elasticface, angular: false}")
                .scalar("training.head", "{type: %s}");
    }
}
