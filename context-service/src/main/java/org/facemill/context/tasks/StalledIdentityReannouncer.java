package org.facemill.context.tasks;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ApplicationNotRunning;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.facemill.context.ledger.Ledger;
import org.facemill.context.vectors.ContextVectors;
import org.facemill.contracts.event.RunState;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.StoreException;

/** Announces identities again of which nothing was heard for too long; the ledger fails them after some times. */
@ApplicationScoped
class StalledIdentityReannouncer {

    private final Ledger ledger;
    private final ContextVectors vectors;

    StalledIdentityReannouncer(Ledger ledger, ContextVectors vectors) {
        this.ledger = ledger;
        this.vectors = vectors;
    }

    @Scheduled(
            every = "{facemill.stall-check}",
            delayed = "{facemill.identity-deadline}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = ApplicationNotRunning.class)
    void reannounce() {
        Instant now = Instant.now();
        ledger.recipes(RunState.RUNNING, RunState.FINISHING).forEach(run -> reannounce(run, now));
    }

    void reannounce(Ledger.NamedRecipe run, Instant now) {
        try {
            Map<Long, float[]> contexts = new LinkedHashMap<>();
            for (long ordinal : ledger.stalled(run.run(), now)) {
                contexts.put(
                        ordinal, vectors.of(run.run(), run.recipe(), ordinal, 1).get(0));
            }
            ledger.reannounce(run.run(), contexts, now);
        } catch (MissingObjectException | StoreException e) {
            ledger.fail(run.run(), "contexts: " + e.getMessage(), now);
        }
    }
}
