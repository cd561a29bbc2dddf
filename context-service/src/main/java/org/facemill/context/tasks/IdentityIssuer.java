package org.facemill.context.tasks;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ApplicationNotRunning;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.facemill.context.ledger.Ledger;
import org.facemill.context.vectors.ContextVectors;
import org.facemill.contracts.event.RunState;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.StoreException;

/** Issues the identities of running runs, a bounded window ahead. */
@ApplicationScoped
class IdentityIssuer {

    private final Ledger ledger;
    private final ContextVectors vectors;

    IdentityIssuer(Ledger ledger, ContextVectors vectors) {
        this.ledger = ledger;
        this.vectors = vectors;
    }

    @Scheduled(
            every = "1S",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = ApplicationNotRunning.class)
    void issue() {
        ledger.recipes(RunState.RUNNING).forEach(this::issue);
    }

    private void issue(Ledger.NamedRecipe run) {
        Ledger.Due due = ledger.due(run.run());
        if (due.count() == 0) {
            return;
        }
        try {
            List<float[]> contexts = vectors.of(run.run(), run.recipe(), due.from(), due.count());
            ledger.issue(run.run(), due, contexts, Instant.now());
        } catch (MissingObjectException | StoreException e) {
            ledger.fail(run.run(), "contexts: " + e.getMessage(), Instant.now());
        }
    }
}
