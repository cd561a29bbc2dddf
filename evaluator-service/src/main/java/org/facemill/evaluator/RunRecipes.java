package org.facemill.evaluator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.recipe.Recipe;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.ObjectStore;

/** The recipes of runs, which do not change. Safe for many threads. */
final class RunRecipes {

    private final ObjectStore store;
    private final Map<String, Recipe> known = new ConcurrentHashMap<>();

    RunRecipes(ObjectStore store) {
        this.store = store;
    }

    Recipe of(String run) {
        return known.computeIfAbsent(
                run,
                r -> store.findJson(Buckets.RUNS, Buckets.recipe(r), Recipe.class)
                        .orElseThrow(() -> new MissingObjectException(Buckets.RUNS, Buckets.recipe(r))));
    }
}
