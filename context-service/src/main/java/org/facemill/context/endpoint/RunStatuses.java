package org.facemill.context.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.facemill.context.ledger.Ledger;
import org.facemill.context.ledger.Ledger.NamedRecipe;
import org.facemill.context.ledger.RunStatus;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.run.Recipe;

/** Where runs stand, with warnings. */
@ApplicationScoped
public class RunStatuses {

    private final Ledger ledger;
    private final RunWarnings warnings;

    RunStatuses(Ledger ledger, RunWarnings warnings) {
        this.ledger = ledger;
        this.warnings = warnings;
    }

    /** All runs, the latest first. */
    public List<RunStatus> all() {
        Map<String, Recipe> live = ledger.recipes(RunState.RUNNING, RunState.FINISHING).stream()
                .collect(Collectors.toMap(NamedRecipe::run, NamedRecipe::recipe));
        return ledger.statuses().stream()
                .map(status -> warned(status, Optional.ofNullable(live.get(status.run()))))
                .toList();
    }

    /** One run; empty where there is none of this name. */
    public Optional<RunStatus> find(String run) {
        return ledger.status(run).map(status -> warned(status, ledger.liveRecipe(run)));
    }

    private RunStatus warned(RunStatus status, Optional<Recipe> live) {
        return live.map(recipe -> status.with(warnings.of(recipe, status.state())))
                .orElse(status);
    }
}
