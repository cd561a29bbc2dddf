package org.facemill.contracts.recipe.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.OldSpellings;
import org.facemill.contracts.recipe.RecipeException;
import org.facemill.contracts.recipe.WrittenRecipe;

/** Reads recipes of generators: fills in defaults, then checks the whole against its JSON Schema and against itself. */
public final class LdmRecipes {

    /** The name of the recipe's schema among {@link org.facemill.contracts.schema.Schemas}. */
    public static final String SCHEMA = "ldm-recipe.v1";

    private static final ObjectNode DEFAULTS = (ObjectNode) Json.resource("ldm-recipe-defaults.json");
    private static final OldSpellings OLD_SPELLINGS = new OldSpellings()
            .key("sampling.guidance_scale", "sampling.guidance.scale")
            .key("sampling.guidance_below", "sampling.guidance.to")
            .scalar("sampling.guidance", "{scale: %s}")
            .value("training.precision", "f32", "fp32");

    private LdmRecipes() {}

    /**
     * A recipe from what a user wrote, as {@link #parse}.
     *
     * @param text YAML or JSON
     * @throws RecipeException naming every fault with its path
     */
    public static LdmRecipe read(String text) {
        return parse(WrittenRecipe.tree(text));
    }

    /**
     * A recipe from what a user wrote. Unknown fields are faults: a misspelt option must not be ignored in silence.
     *
     * @param written the recipe as JSON tree; fields left out take their defaults, where they have one
     * @throws RecipeException naming every fault with its path
     */
    public static LdmRecipe parse(JsonNode written) {
        return accepted(WrittenRecipe.read(written, OLD_SPELLINGS, LdmRecipes::defaults, LdmRecipe.class, SCHEMA));
    }

    /** A model of few steps is sampled in as many. */
    private static ObjectNode defaults(ObjectNode written) {
        ObjectNode defaults = DEFAULTS.deepCopy();
        ObjectNode sampling = (ObjectNode) defaults.get("sampling");
        int usual = sampling.get("steps").intValue();
        int kept = written.at("/training/T_kept").asInt(usual);
        sampling.put("steps", Math.max(1, Math.min(usual, kept)));
        return defaults;
    }

    /**
     * Checks what a schema cannot: whether the parts of a recipe fit each other.
     *
     * @throws RecipeException naming every fault with its path
     */
    public static void check(LdmRecipe recipe) {
        accepted(WrittenRecipe.of(recipe, LdmRecipe.class));
    }

    private static LdmRecipe accepted(WrittenRecipe<LdmRecipe> recipe) {
        checkData(recipe);
        checkAutoencoder(recipe);
        checkSteps(recipe);
        return recipe.accepted();
    }

    private static void checkData(WrittenRecipe<LdmRecipe> recipe) {
        String folder = "$.data.folder";
        if (recipe.has("$.data.painted") == recipe.has(folder)) {
            recipe.refuse("$.data", "wants either painted or folder");
        }
        if (!recipe.has(folder)) {
            return;
        }
        boolean encoder = recipe.has(folder + ".encoder");
        boolean names = recipe.has(folder + ".names");
        boolean rowOrder = recipe.has(folder + ".row_order");
        boolean conditional =
                recipe.sound("$.model.is_context_conditional", Boolean.class).orElse(false);
        if (conditional && recipe.has(folder + ".contexts") == encoder) {
            recipe.refuse(folder, "wants either contexts or encoder, because the model is conditional");
        }
        if (names && rowOrder) {
            recipe.refuse(folder + ".row_order", "is given, and so is names: one of them says which row is whose");
        }
        if (encoder && (names || rowOrder)) {
            recipe.refuse(folder + (names ? ".names" : ".row_order"), "is of contexts, but encoder is to make them");
        }
    }

    private static void checkAutoencoder(WrittenRecipe<LdmRecipe> recipe) {
        boolean trained = recipe.has("$.autoencoder");
        boolean given = recipe.has("$.first_stage");
        Optional<Boolean> latent = recipe.sound("$.latent", Boolean.class);
        if (latent.isPresent() && latent.get() && trained == given) {
            recipe.refuse(
                    "$.autoencoder",
                    "wanted is either this or first_stage; latent: false trains on pixels without one");
        } else if (latent.isPresent() && !latent.get() && (trained || given)) {
            recipe.refuse(trained ? "$.autoencoder" : "$.first_stage", "is given, though latent is false");
        }
        Optional<Integer> edge = recipe.sound("$.image_size", Integer.class);
        for (String phases : List.of("$.autoencoder.phases", "$.autoencoder.decoder_phases")) {
            for (LdmRecipe.Phase phase :
                    recipe.sound(phases, LdmRecipe.Phase[].class).orElse(new LdmRecipe.Phase[0])) {
                if (edge.isPresent() && phase.crop() > edge.get()) {
                    recipe.refuse(phases, "crop " + phase.crop() + " is more than image_size, " + edge.get());
                }
            }
        }
    }

    private static void checkSteps(WrittenRecipe<LdmRecipe> recipe) {
        Optional<Integer> levels = recipe.sound("$.training.T", Integer.class);
        Optional<Integer> kept = recipe.sound("$.training.T_kept", Integer.class);
        if (levels.isPresent() && kept.isPresent() && kept.get() > levels.get()) {
            recipe.refuse("$.training.T_kept", kept.get() + " is more than T, " + levels.get());
        }
        Optional<ModelSampling> sampling = recipe.sound("$.sampling", ModelSampling.class);
        if (sampling.isEmpty()) {
            return;
        }
        Guidance guidance = sampling.get().guidance();
        if (kept.isPresent() && sampling.get().steps() > kept.get()) {
            recipe.refuse(
                    "$.sampling.steps",
                    sampling.get().steps() + " is more than the model has, training.T_kept: " + kept.get());
        }
        if (kept.isPresent() && guidance.from() >= kept.get()) {
            recipe.refuse(
                    "$.sampling.guidance.from",
                    guidance.from() + " is behind the model's last step, " + (kept.get() - 1) + ": none is guided");
        }
        boolean neverEmpty = recipe.sound("$.training.context_dropout", Double.class)
                .filter(p -> p == 0)
                .isPresent();
        if (guidance.scale() != 1 && neverEmpty) {
            recipe.refuse(
                    "$.sampling.guidance.scale",
                    "wants training.context_dropout: guidance compares with what the empty context gives");
        }
    }
}
