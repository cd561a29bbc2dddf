package org.facemill.context.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.facemill.context.endpoint.RunStatuses;
import org.facemill.context.ledger.LedgerView;
import org.facemill.context.ledger.RunStatus;
import org.facemill.contracts.recipe.run.Recipe;

/** Runs as lists of them show them. What of a run never changes is asked for once. */
@ApplicationScoped
class RunViews {

    private static final int PICTURED = 6;

    private final RunStatuses statuses;
    private final LedgerView ledger;
    private final RunHistory history;
    private final StageLoads loads;
    private final Map<String, Recipe> recipes = new ConcurrentHashMap<>();
    private final Map<String, List<Long>> pictured = new ConcurrentHashMap<>();

    RunViews(RunStatuses statuses, LedgerView ledger, RunHistory history, StageLoads loads) {
        this.statuses = statuses;
        this.ledger = ledger;
        this.history = history;
        this.loads = loads;
    }

    /** The names of all runs, the latest first. */
    List<String> names() {
        return ledger.runs();
    }

    /** A run; empty where there is none of this name. */
    Optional<RunView> find(String run) {
        return statuses.find(run).map(this::view);
    }

    private RunView view(RunStatus status) {
        Recipe recipe =
                recipes.computeIfAbsent(status.run(), run -> ledger.recipe(run).orElseThrow());
        return new RunView(
                status,
                recipe.images(),
                recipe.sampling().sampler(),
                history.eer(status.run()),
                pictured(status.run(), status.identities().complete()),
                status.state().terminal() ? List.of() : loads.of(recipe));
    }

    private List<Long> pictured(String run, long complete) {
        List<Long> shown = pictured.getOrDefault(run, List.of());
        if (shown.size() < Math.min(PICTURED, complete)) {
            shown = ledger.complete(run, PICTURED);
            pictured.put(run, shown);
        }
        return shown;
    }
}
