package org.facemill.context;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Topics;
import org.facemill.contracts.recipe.ContextSource;
import org.facemill.contracts.recipe.Recipe;
import org.facemill.contracts.recipe.RecipeException;
import org.facemill.contracts.recipe.RecipeException.Fault;
import org.facemill.platform.MissingObjectException;
import org.facemill.platform.ObjectStore;

/** Checks that what a recipe names is there: model, sampler, aligner, contexts, encoder, benchmarks. */
@ApplicationScoped
class RecipeCheck {

    /** The encoder that every evaluator has. */
    private static final String REFERENCE = "reference";

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

    /**
     * Checks a recipe against this installation.
     *
     * @throws RecipeException naming every thing that is missing, with its path
     */
    void check(Recipe recipe) {
        List<Fault> faults = new ArrayList<>();
        Set<String> topics = topics(Set.of(Topics.identityContexts(recipe.sampling().sampler()),
                Topics.rawBlocks(recipe.alignment().aligner())));
        plugged(topics, Topics.identityContexts(""), recipe.sampling().sampler(), "$.sampling.sampler", "sampler", faults);
        plugged(topics, Topics.rawBlocks(""), recipe.alignment().aligner(), "$.alignment.aligner", "aligner", faults);
        if (!recipe.sampling().model().isEmpty()) {
            model(recipe.sampling().model(), "$.sampling.model", faults);
        }
        if (!recipe.evaluation().encoder().equals(REFERENCE)) {
            model(recipe.evaluation().encoder(), "$.evaluation.encoder", faults);
        }
        for (int i = 0; i < recipe.evaluation().benchmarks().size(); i++) {
            benchmark(recipe.evaluation().benchmarks().get(i), "$.evaluation.benchmarks[" + i + "]", faults);
        }
        contexts(recipe, faults);
        if (!faults.isEmpty()) {
            throw new RecipeException(faults);
        }
    }

    /** A worker is known by the topic that it reads: it creates it when it first starts. */
    private static void plugged(Set<String> topics, String prefix, String name, String path, String kind, List<Fault> faults) {
        if (!topics.contains(prefix + name)) {
            List<String> known = topics.stream().filter(t -> t.startsWith(prefix)).map(t -> t.substring(prefix.length())).toList();
            faults.add(new Fault(path, "no " + kind + " named " + name + " is plugged in; known are " + known
                    + "; start one that reads " + prefix + name));
        }
    }

    private void model(String name, String path, List<Fault> faults) {
        if (store.list(Buckets.MODELS, Buckets.model(name)).isEmpty()) {
            faults.add(new Fault(path, "there is no model " + name + ": bucket " + Buckets.MODELS + " holds nothing under "
                    + Buckets.model(name)));
        }
    }

    private void benchmark(String name, String path, List<Fault> faults) {
        if (!store.exists(Buckets.BENCHMARKS, name + ".bin")) {
            faults.add(new Fault(path, "there is no benchmark " + name + ": bucket " + Buckets.BENCHMARKS + " holds no " + name + ".bin"));
        }
    }

    private void contexts(Recipe recipe, List<Fault> faults) {
        if (recipe.contexts().source() != ContextSource.FILE) {
            return;
        }
        try {
            long size = sources.read(recipe.contexts()).size();
            if (size < recipe.identities()) {
                faults.add(new Fault("$.identities", recipe.identities() + " are wanted, " + recipe.contexts().file() + " holds " + size));
            }
        } catch (IOException | MissingObjectException e) {
            faults.add(new Fault("$.contexts.file", e.getMessage()));
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
