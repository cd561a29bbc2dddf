package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.OldSpellings;
import org.facemill.contracts.recipe.RecipeException;
import org.facemill.contracts.recipe.RecipeException.Fault;
import org.facemill.contracts.recipe.WrittenRecipe;
import org.facemill.contracts.recipe.recogniser.RecogniserRecipes;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Vocabulary;

/** Reads recipes: fills in defaults, then checks the whole against the recipe's JSON Schema and against itself. */
public final class Recipes {

    /** The name of the recipe's schema among {@link org.facemill.contracts.schema.Schemas}. */
    public static final String SCHEMA = "recipe.v1";

    private static final JsonNode DEFAULTS = Json.resource("recipe-defaults.json");
    private static final String DEFAULT_SAMPLER =
            DEFAULTS.at("/sampling/sampler").textValue();

    private static final OldSpellings OLD_SPELLINGS = RecogniserRecipes.oldSpellings(new OldSpellings())
            .value("contexts.source", "synthetic-uniform", "uniform")
            .key("sampling.guidance_scale", "sampling.guidance.scale")
            .key("sampling.guidance_below", "sampling.guidance.to")
            .scalar("sampling.guidance", "{scale: %s}")
            .value("sampling.precision", "f32", "fp32");

    private Recipes() {}

    /**
     * What a user wrote, checked against the schema and against itself, before it is accepted: others may find more.
     *
     * @param text YAML or JSON
     * @throws RecipeException where it is neither, or no object
     */
    public static WrittenRecipe<Recipe> written(String text) {
        return written(WrittenRecipe.tree(text));
    }

    /**
     * A recipe from what a user wrote. Unknown fields are faults: a misspelt option must not be ignored in silence.
     *
     * @param written the recipe as JSON tree; fields left out take their defaults
     * @throws RecipeException naming every fault with its path
     */
    public static Recipe parse(JsonNode written) {
        return written(written).accepted();
    }

    /**
     * The recipe of a run that goes on to more identities. It makes the dataset of a run that was begun by it: what was wanted
     * before is a version of that, and the losses allowed grow by what a recipe's default allows for those that are new.
     *
     * @throws RecipeException where they are not more
     */
    public static Recipe extended(Recipe recipe, int identities) {
        if (identities <= recipe.identities()) {
            throw new RecipeException(List.of(new Fault(
                    "$.identities",
                    identities + " given, the run has " + recipe.identities() + "; give a number above")));
        }
        ObjectNode tree = Json.MAPPER.valueToTree(recipe);
        tree.put("identities", identities);
        tree.put(
                "max_failures",
                recipe.maxFailures() + defaultMaxFailures(identities) - defaultMaxFailures(recipe.identities()));
        tree.withArray("/dataset/versions").add(recipe.identities());
        return parse(tree);
    }

    private static int defaultMaxFailures(int identities) {
        return Math.max(0, identities) / 10 + 20;
    }

    private static WrittenRecipe<Recipe> written(JsonNode written) {
        WrittenRecipe<Recipe> recipe =
                WrittenRecipe.read(written, OLD_SPELLINGS, Recipes::defaults, Recipe.class, SCHEMA);
        contradictions(recipe).forEach(fault -> recipe.refuse(fault.path(), fault.message()));
        return recipe;
    }

    /** The default model is the default sampler's; any other sampler has the one that the recipe names, or none. */
    private static ObjectNode defaults(ObjectNode written) {
        ObjectNode defaults = DEFAULTS.deepCopy();
        if (!written.at("/sampling/sampler").asText(DEFAULT_SAMPLER).equals(DEFAULT_SAMPLER)) {
            ((ObjectNode) defaults.get("sampling")).put("model", "");
        }
        defaults.set(
                "contexts",
                Vocabulary.of(Kind.CONTEXT_SOURCE)
                        .defaults((ObjectNode) defaults.get("contexts"), written.path("contexts")));
        defaults.set("training", Json.merged(RecogniserRecipes.trainingDefaults(written.path("training")), (ObjectNode)
                defaults.get("training")));
        return defaults.put(
                "max_failures", defaultMaxFailures(written.path("identities").asInt()));
    }

    private static List<Fault> contradictions(WrittenRecipe<Recipe> recipe) {
        List<Fault> faults = new ArrayList<>();
        if (says(recipe, "$.sampling.sampler", DEFAULT_SAMPLER) && says(recipe, "$.sampling.model", "")) {
            faults.add(new Fault(
                    "$.sampling.model",
                    "names no model, but sampler " + DEFAULT_SAMPLER
                            + " needs one; give a folder of the models bucket"));
        }
        Optional<Integer> images = recipe.sound("$.images", Integer.class);
        Optional<Integer> spare = recipe.sound("$.sampling.spare", Integer.class);
        if (images.isPresent() && spare.isPresent() && images.get() + spare.get() > 1024) {
            faults.add(new Fault(
                    "$.sampling.spare",
                    "images + spare is " + (images.get() + spare.get()) + ", a block holds at most 1024"));
        }
        Optional<Integer> identities = recipe.sound("$.identities", Integer.class);
        Optional<Packing> dataset = recipe.sound("$.dataset", Packing.class);
        if (identities.isPresent() && dataset.isPresent()) {
            faults.addAll(versions(identities.get(), dataset.get().versions()));
            Optional<TrainingPlan> training =
                    recipe.sound("$.training", TrainingPlan.class).filter(TrainingPlan::enabled);
            if (images.isPresent() && training.isPresent()) {
                training(identities.get(), images.get(), dataset.get(), training.get())
                        .ifPresent(faults::add);
            }
        }
        return faults;
    }

    private static boolean says(WrittenRecipe<Recipe> recipe, String path, String text) {
        return recipe.sound(path, String.class).filter(text::equals).isPresent();
    }

    private static List<Fault> versions(int identities, List<Integer> versions) {
        List<Fault> faults = new ArrayList<>();
        int before = 0;
        for (int i = 0; i < versions.size(); i++) {
            int count = versions.get(i);
            if (count <= before || count >= identities) {
                faults.add(new Fault(
                        "$.dataset.versions[" + i + "]",
                        count + " must be above " + before + " and below identities, " + identities));
            }
            before = count;
        }
        return faults;
    }

    /** What keeps the recogniser of the smallest version from being trained. */
    private static Optional<Fault> training(int identities, int images, Packing dataset, TrainingPlan training) {
        int smallest =
                dataset.versions().isEmpty() ? identities : dataset.versions().get(0);
        int trained = smallest - training.holdout();
        if (trained < 2) {
            return Optional.of(new Fault(
                    "$.training.holdout",
                    "leaves fewer than 2 of " + smallest
                            + " identities to train on; lower it, or set training.enabled to false"));
        }
        long found = (long) trained * (images + dataset.copies());
        if (found < training.recogniser().batchSize()) {
            return Optional.of(new Fault(
                    "$.training.batch_size",
                    training.recogniser().batchSize() + " is more than the " + found
                            + " images to train on; lower it"));
        }
        return Optional.empty();
    }
}
