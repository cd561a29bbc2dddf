package org.facemill.contracts.recipe.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.OldSpellings;
import org.facemill.contracts.recipe.RecipeException;
import org.facemill.contracts.recipe.RecipeException.Fault;
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
        LdmRecipe recipe = WrittenRecipe.read(written, OLD_SPELLINGS, read -> DEFAULTS, LdmRecipe.class, SCHEMA)
                .accepted();
        check(recipe);
        return recipe;
    }

    /**
     * Checks what a schema cannot: whether the parts of a recipe fit each other.
     *
     * @throws RecipeException naming every fault with its path
     */
    public static void check(LdmRecipe recipe) {
        List<Fault> faults = new ArrayList<>();
        LdmRecipe.Data data = recipe.data();
        if (data.painted().isPresent() == data.folder().isPresent()) {
            faults.add(new Fault("$.data", "wants either painted or folder"));
        }
        data.folder()
                .filter(folder -> recipe.model().isContextConditional()
                        && folder.contexts().isPresent() == folder.encoder().isPresent())
                .ifPresent(folder -> faults.add(new Fault(
                        "$.data.folder", "wants either contexts or encoder, because the model is conditional")));
        boolean trained = recipe.autoencoder().isPresent();
        boolean given = recipe.firstStage().isPresent();
        if (recipe.latent() && trained == given) {
            faults.add(new Fault(
                    "$.autoencoder",
                    "wanted is either this or first_stage; latent: false trains on pixels without one"));
        } else if (!recipe.latent() && (trained || given)) {
            faults.add(new Fault(trained ? "$.autoencoder" : "$.first_stage", "is given, though latent is false"));
        }
        recipe.autoencoder().stream()
                .flatMap(LdmRecipe.Autoencoder::allPhases)
                .filter(phase -> phase.crop() > recipe.imageSize())
                .forEach(phase -> faults.add(new Fault(
                        "$.autoencoder.phases",
                        "crop " + phase.crop() + " is more than image_size, " + recipe.imageSize())));
        if (recipe.training().keptLevels() > recipe.training().levels()) {
            faults.add(new Fault(
                    "$.training.T_kept",
                    recipe.training().keptLevels() + " is more than T, "
                            + recipe.training().levels()));
        }
        if (recipe.sampling().guidance().scale() != 1 && recipe.training().contextDropout() == 0) {
            faults.add(new Fault(
                    "$.sampling.guidance.scale",
                    "wants training.context_dropout: guidance compares with what the empty context gives"));
        }
        if (!faults.isEmpty()) {
            throw new RecipeException(faults);
        }
    }
}
