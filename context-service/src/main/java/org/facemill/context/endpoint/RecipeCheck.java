package org.facemill.context.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import org.facemill.context.vectors.ContextsFile;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Topics;
import org.facemill.contracts.recipe.WrittenRecipe;
import org.facemill.contracts.recipe.run.ContextOrigin;
import org.facemill.contracts.recipe.run.ContextSource;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.ObjectStore;

/** Accepts recipes whose parts are all there: model, sampler, aligner, contexts, encoder, benchmarks. */
@ApplicationScoped
class RecipeCheck {

    /** The encoder that every evaluator has. */
    private static final String REFERENCE = "reference";

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
     * @param contexts its contexts file, read and checked; empty where it needs none
     */
    record Accepted(Recipe recipe, Optional<ContextsFile> contexts) implements AutoCloseable {

        @Override
        public void close() {
            contexts.ifPresent(ContextsFile::close);
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
                .filter(name -> !name.equals(REFERENCE))
                .ifPresent(name -> model(recipe, ENCODER, name));
        recipe.sound(BENCHMARKS, String[].class).ifPresent(names -> benchmarks(recipe, names));
        Optional<ContextsFile> contexts = recipe.sound(CONTEXTS, ContextOrigin.class)
                .filter(named -> named.source() == ContextSource.FILE)
                .flatMap(named -> contexts(recipe, named.file()));
        try {
            return new Accepted(recipe.accepted(), contexts);
        } catch (RuntimeException e) {
            contexts.ifPresent(ContextsFile::close);
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

    private Optional<ContextsFile> contexts(WrittenRecipe<Recipe> recipe, String name) {
        try {
            ContextsFile file = ContextsFile.open(store, name);
            recipe.sound(IDENTITIES, Integer.class)
                    .filter(identities -> file.size() < identities)
                    .ifPresent(identities ->
                            recipe.refuse(IDENTITIES, identities + " are wanted, " + name + " holds " + file.size()));
            return Optional.of(file);
        } catch (IOException | MissingObjectException e) {
            recipe.refuse("$.contexts.file", e.getMessage());
            return Optional.empty();
        }
    }
}
