package org.facemill.context.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import org.facemill.context.vectors.StoredContexts;
import org.facemill.contexts.ContextSources;
import org.facemill.contexts.StoredSource;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Topics;
import org.facemill.contracts.recipe.Names;
import org.facemill.contracts.recipe.WrittenRecipe;
import org.facemill.contracts.recipe.run.ContextOrigin;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.ObjectStore;

/** Accepts recipes whose parts are all there: model, sampler, aligner, contexts, encoder, benchmarks. */
@ApplicationScoped
class RecipeCheck {

    private static final String IDENTITIES = "$.identities";
    private static final String SAMPLER = "$.sampling.sampler";
    private static final String MODEL = "$.sampling.model";
    private static final String ALIGNER = "$.alignment.aligner";
    private static final String ENCODER = "$.evaluation.encoder";
    private static final String BENCHMARKS = "$.evaluation.benchmarks";
    private static final String CONTEXTS = "$.contexts";

    private final ObjectStore store;
    private final PlugIns plugIns;

    RecipeCheck(ObjectStore store, PlugIns plugIns) {
        this.store = store;
        this.plugIns = plugIns;
    }

    /**
     * A recipe that can be carried out here.
     *
     * @param contexts its stored contexts, read and checked; empty where they follow from the seed
     */
    record Accepted(Recipe recipe, Optional<StoredContexts> contexts) implements AutoCloseable {

        @Override
        public void close() {
            contexts.ifPresent(StoredContexts::close);
        }
    }

    /**
     * Checks a recipe against its schema, against itself and against this installation.
     *
     * @param text YAML or JSON
     * @throws org.facemill.contracts.recipe.RecipeException naming all that is wrong or missing
     */
    Accepted accept(String text) {
        WrittenRecipe<Recipe> recipe = Recipes.written(text);
        recipe.sound(SAMPLER, String.class)
                .flatMap(name -> plugIns.absence("sampler", Topics.identityContexts(""), name))
                .ifPresent(fault -> recipe.refuse(SAMPLER, fault));
        recipe.sound(ALIGNER, String.class)
                .flatMap(name -> plugIns.absence("aligner", Topics.rawBlocks(""), name))
                .ifPresent(fault -> recipe.refuse(ALIGNER, fault));
        recipe.sound(MODEL, String.class).filter(name -> !name.isEmpty()).ifPresent(name -> model(recipe, MODEL, name));
        recipe.sound(ENCODER, String.class)
                .filter(name -> !name.equals(Names.REFERENCE_ENCODER))
                .ifPresent(name -> model(recipe, ENCODER, name));
        recipe.sound(BENCHMARKS, String[].class).ifPresent(names -> benchmarks(recipe, names));
        Optional<StoredContexts> contexts =
                recipe.sound(CONTEXTS, ContextOrigin.class).flatMap(origin -> contexts(recipe, origin));
        try {
            return new Accepted(recipe.accepted(), contexts);
        } catch (RuntimeException e) {
            contexts.ifPresent(StoredContexts::close);
            throw e;
        }
    }

    private void model(WrittenRecipe<Recipe> recipe, String path, String name) {
        if (store.list(Buckets.MODELS, Buckets.model(name)).isEmpty()) {
            recipe.refuse(
                    path,
                    "there is no model " + name + ": bucket " + Buckets.MODELS + " holds nothing under "
                            + Buckets.model(name));
        }
    }

    private void benchmarks(WrittenRecipe<Recipe> recipe, String... names) {
        for (int i = 0; i < names.length; i++) {
            if (!store.exists(Buckets.BENCHMARKS, names[i] + ".bin")) {
                recipe.refuse(
                        BENCHMARKS + "[" + i + "]",
                        "there is no benchmark " + names[i] + ": bucket " + Buckets.BENCHMARKS + " holds no " + names[i]
                                + ".bin");
            }
        }
    }

    private Optional<StoredContexts> contexts(WrittenRecipe<Recipe> recipe, ContextOrigin origin) {
        if (!(ContextSources.REGISTRY.of(origin.source(), origin.parameters()) instanceof StoredSource source)) {
            return Optional.empty();
        }
        try {
            StoredContexts contexts = StoredContexts.read(store, source);
            recipe.sound(IDENTITIES, Integer.class)
                    .filter(identities -> contexts.size() < identities)
                    .ifPresent(identities -> recipe.refuse(
                            IDENTITIES, identities + " are wanted, there are contexts for " + contexts.size()));
            return Optional.of(contexts);
        } catch (IOException | MissingObjectException e) {
            recipe.refuse(CONTEXTS, e.getMessage());
            return Optional.empty();
        }
    }
}
