package org.facemill.context;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Topics;
import org.facemill.contracts.recipe.WrittenRecipe;
import org.facemill.contracts.recipe.run.ContextOrigin;
import org.facemill.contracts.recipe.run.ContextSource;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.ObjectStore;

/** Checks that what a recipe names is there: model, sampler, aligner, contexts, encoder, benchmarks. */
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

    /** How much later than its creator a broker may hear of a new topic. */
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(2);

    private static final int PAUSE_MILLIS = 100;

    private final ObjectStore store;
    private final Admin admin;
    private final ContextSources sources;

    RecipeCheck(ObjectStore store, Admin admin, ContextSources sources) {
        this.store = store;
        this.admin = admin;
        this.sources = sources;
    }

    /** Checks a recipe against this installation: every thing that is missing is noted as its fault. */
    void check(WrittenRecipe<Recipe> recipe) {
        Optional<String> sampler = recipe.sound(SAMPLER, String.class);
        Optional<String> aligner = recipe.sound(ALIGNER, String.class);
        Set<String> topics = topics(Stream.of(sampler.map(Topics::identityContexts), aligner.map(Topics::rawBlocks))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet()));
        sampler.ifPresent(name -> plugged(topics, Topics.identityContexts(""), name, "sampler")
                .ifPresent(fault -> recipe.refuse(SAMPLER, fault)));
        aligner.ifPresent(name -> plugged(topics, Topics.rawBlocks(""), name, "aligner")
                .ifPresent(fault -> recipe.refuse(ALIGNER, fault)));
        recipe.sound(MODEL, String.class).filter(name -> !name.isEmpty()).ifPresent(name -> model(recipe, MODEL, name));
        recipe.sound(ENCODER, String.class)
                .filter(name -> !name.equals(REFERENCE))
                .ifPresent(name -> model(recipe, ENCODER, name));
        recipe.sound(BENCHMARKS, String[].class).ifPresent(names -> benchmarks(recipe, names));
        recipe.sound("$.contexts", ContextOrigin.class)
                .filter(contexts -> contexts.source() == ContextSource.FILE)
                .ifPresent(contexts -> contexts(recipe, contexts));
    }

    /** A worker is known by the topic that it reads: it creates it when it first starts. */
    private static Optional<String> plugged(Set<String> topics, String prefix, String name, String kind) {
        if (topics.contains(prefix + name)) {
            return Optional.empty();
        }
        List<String> known = topics.stream()
                .filter(t -> t.startsWith(prefix))
                .map(t -> t.substring(prefix.length()))
                .toList();
        return Optional.of("no " + kind + " named " + name + " is plugged in; known are " + known
                + "; start one that reads " + prefix + name);
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

    private void contexts(WrittenRecipe<Recipe> recipe, ContextOrigin contexts) {
        try {
            long size = sources.read(contexts).size();
            recipe.sound(IDENTITIES, Integer.class)
                    .filter(identities -> size < identities)
                    .ifPresent(identities -> recipe.refuse(
                            IDENTITIES, identities + " are wanted, " + contexts.file() + " holds " + size));
        } catch (IOException | MissingObjectException e) {
            recipe.refuse("$.contexts.file", e.getMessage());
        }
    }

    /** All topics; asked for again for a moment where one that is wanted is missing: its worker may have started just now. */
    private Set<String> topics(Set<String> wanted) {
        long deadline = System.nanoTime() + HEARD_WITHIN.toNanos();
        try {
            Set<String> topics = admin.listTopics().names().get();
            while (!topics.containsAll(wanted) && System.nanoTime() < deadline) {
                Thread.sleep(PAUSE_MILLIS);
                topics = admin.listTopics().names().get();
            }
            return new TreeSet<>(topics);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the broker does not say which topics there are: " + e.getMessage(), e);
        }
    }
}
