package org.facemill.context.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.facemill.context.ledger.Ledger;
import org.facemill.context.ledger.LedgerView;
import org.facemill.context.vectors.ContextVectors;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.platform.store.ObjectStore;

/** Extends runs to more identities. The extended recipe is in the store before the ledger knows of it. */
@ApplicationScoped
class RunExtender {

    private final Ledger ledger;
    private final LedgerView view;
    private final ContextVectors vectors;
    private final ObjectStore store;

    RunExtender(Ledger ledger, LedgerView view, ContextVectors vectors, ObjectStore store) {
        this.ledger = ledger;
        this.view = view;
        this.vectors = vectors;
        this.store = store;
    }

    /**
     * @throws org.facemill.contracts.recipe.RecipeException where there are as many already, or too many are asked for
     * @throws NotFoundException where there is no such run
     * @throws ClientErrorException where it cannot go on to so many
     */
    void extend(String run, int identities) {
        Recipe before = view.recipe(run)
                .orElseThrow(() -> new NotFoundException("there is no run " + run + "; GET /runs lists them"));
        ledger.hindrance(run, identities).ifPresent(RunExtender::refuse);
        Recipe extended = Recipes.extended(before, identities);
        // one version beside those that the recipe lists
        int version = extended.dataset().versions().size() + 1;
        ObjectRef stored = store.putJson(Buckets.RUNS, Buckets.extendedRecipe(run, version, identities), extended);
        Map<Long, float[]> cancelled = new LinkedHashMap<>();
        for (long ordinal : ledger.cancelled(run)) {
            cancelled.put(ordinal, vectors.of(run, before, ordinal, 1).get(0));
        }
        ledger.extend(run, before, extended, stored, cancelled, Instant.now()).ifPresent(RunExtender::refuse);
    }

    private static void refuse(String why) {
        throw new ClientErrorException(why, Response.Status.CONFLICT);
    }
}
