package org.facemill.context;

import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.DatasetRequest;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RunEvent;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.run.Recipe;

/**
 * The ledger in the database: one row per run, per (run, ordinal), per version of a dataset. Every method is one
 * transaction that holds its run's row, and writes what is to be said of the change into the outbox.
 */
@ApplicationScoped
class Ledger {

    private static final int LAST_ATTEMPT = 3;
    private static final int MOST_OVERDUE = 500;

    private final int window;
    private final Duration deadline;

    Ledger(
            @ConfigProperty(name = "facemill.window") int window,
            @ConfigProperty(name = "facemill.identity-deadline") Duration deadline) {
        this.window = window;
        this.deadline = deadline;
    }

    /** Begins a run. */
    @Transactional
    void begin(String name, Recipe recipe, ObjectRef recipeRef, Instant now) {
        Run run = new Run();
        run.name = name;
        run.recipe = Documents.write(recipe);
        run.recipeRef = Documents.write(recipeRef);
        run.startedAt = now;
        run.heardAt = now;
        run.identities = recipe.identities();
        run.maxFailures = recipe.maxFailures();
        run.persist();
        int number = 1;
        for (int size : recipe.dataset().versions()) {
            version(name, number++, size).persist();
        }
        version(name, number, recipe.identities()).persist();
        announce(run);
    }

    /** Issues the identities that are due. */
    @Transactional
    void issue(String name, Recipe recipe, ContextSource contexts, Instant now) {
        Run run = held(name).orElseThrow();
        long end = Math.min(run.issued + run.toIssue(window), contexts.size());
        for (long ordinal = run.issued; ordinal < end; ordinal++) {
            Identity identity = new Identity();
            identity.run = name;
            identity.ordinal = ordinal;
            identity.heardAt = now;
            identity.heardEnded = run.ended();
            identity.persist();
            announce(identity, recipe, contexts);
        }
        run.issued = end;
        if (run.state == RunState.RUNNING && run.inFlight() == 0) {
            end(
                    run,
                    RunState.FAILED,
                    "the contexts file holds " + contexts.size() + " identities, of which " + run.complete
                            + " became complete; " + run.identities + " are wanted",
                    now);
        }
    }

    /** Announces silent identities again, and fails those that were announced often enough. */
    @Transactional
    void remind(String name, Recipe recipe, ContextSource contexts, Instant now) {
        Run run = held(name).orElseThrow();
        if (run.state.terminal()) {
            return;
        }
        boolean runIsSilent = run.heardAt.plus(deadline).isBefore(now);
        List<Identity> silent = Identity.<Identity>find(
                        "run = ?1 and status = ?2 and heardAt < ?3 order by ordinal",
                        name,
                        IdentityStatus.IN_FLIGHT,
                        now.minus(deadline))
                .page(Page.ofSize(MOST_OVERDUE))
                .list();
        for (Identity identity : silent) {
            // it may still wait in a queue, unless two windows of others came past it
            if (!runIsSilent && run.ended() - identity.heardEnded < 2L * window) {
                continue;
            }
            identity.heardAt = now;
            identity.heardEnded = run.ended();
            if (identity.attempt < LAST_ATTEMPT) {
                identity.attempt++;
                announce(identity, recipe, contexts);
            } else {
                identity.stage = "context";
                settle(
                        run,
                        identity,
                        Outcome.FAILED,
                        "nothing was heard of it after " + LAST_ATTEMPT + " repetitions, for " + deadline + " each",
                        now);
            }
        }
    }

    /** Notes how an identity ended; once it has, nothing changes it any more. */
    void settle(Run run, Identity identity, Outcome outcome, String reason, Instant now) {
        if (identity.status.ended() || run.state.terminal()) {
            return;
        }
        identity.reason = reason;
        identity.status = run.settle(outcome);
        if (run.lostTooMany()) {
            end(
                    run,
                    RunState.FAILED,
                    (run.discarded + run.failed) + " identities were discarded or failed, the recipe allows "
                            + run.maxFailures + "; the last: identity " + identity.ordinal + ": " + reason,
                    now);
            return;
        }
        List<Version> versions = Version.of(run.name);
        List<Integer> full = run.advance(
                versions.stream().map(v -> v.size).toList(),
                ordinal -> Identity.<Identity>findById(new Identity.Key(run.name, ordinal)).status);
        versions.stream().filter(v -> full.contains(v.size)).forEach(v -> v.state = Version.State.FULL);
        if (run.accepted == run.identities) {
            run.tooMany(Identity.update(
                    "status = ?1 where run = ?2 and status = ?3 and ordinal >= ?4",
                    IdentityStatus.SURPLUS,
                    run.name,
                    IdentityStatus.COMPLETE,
                    run.frontier));
            announce(run);
        }
    }

    /** Asks for a version whose identities are decided and listed. */
    @Transactional
    void request(String name, int number, ObjectRef members) {
        Run run = held(name).orElseThrow();
        Version version = Version.findById(new Version.Key(name, number));
        if (run.state.terminal() || version.state != Version.State.FULL) {
            return;
        }
        version.state = Version.State.REQUESTED;
        OutboxEntry.add(
                Topics.DATASET_REQUESTS,
                new DatasetRequest(
                        name, number, version.size, members, Documents.read(run.recipeRef, ObjectRef.class)));
    }

    /** Cancels a run, where it is not over. */
    @Transactional
    void cancel(String name, Instant now) {
        end(name, RunState.CANCELLED, "cancelled by a user", now);
    }

    /** Notes that something which a run cannot do without has failed. */
    @Transactional
    void fail(String name, String reason, Instant now) {
        end(name, RunState.FAILED, reason, now);
    }

    private void end(String name, RunState state, String reason, Instant now) {
        held(name).filter(run -> !run.state.terminal()).ifPresent(run -> end(run, state, reason, now));
    }

    /** Ends a run; what of it is not sent yet is not sent any more. */
    void end(Run run, RunState state, String reason, Instant now) {
        Identity.update(
                "status = ?1 where run = ?2 and status = ?3",
                IdentityStatus.CANCELLED,
                run.name,
                IdentityStatus.IN_FLIGHT);
        run.end(state, reason, now);
        OutboxEntry.delete("run = ?1", run.name);
        announce(run);
    }

    /** A run, held until the transaction ends; must be the transaction's first look at it. */
    Optional<Run> held(String name) {
        return Run.findByIdOptional(name, LockModeType.PESSIMISTIC_WRITE);
    }

    private static void announce(Run run) {
        OutboxEntry.add(
                Topics.RUNS,
                new RunEvent(
                        run.name,
                        run.state,
                        run.reason,
                        Documents.read(run.recipe, Recipe.class).images(),
                        run.identities));
    }

    private static void announce(Identity identity, Recipe recipe, ContextSource contexts) {
        OutboxEntry.add(
                Topics.identityContexts(recipe.sampling().sampler()),
                new IdentityContext(
                        identity.run,
                        identity.ordinal,
                        identity.attempt,
                        recipe.seed(),
                        contexts.context(identity.ordinal),
                        recipe.images(),
                        recipe.sampling(),
                        recipe.alignment(),
                        recipe.evaluation().encoder(),
                        Topics.rawBlocks(recipe.alignment().aligner()),
                        List.of(Topics.ALIGNED_BLOCKS, Topics.CROPS)));
    }

    private static Version version(String run, int number, int size) {
        Version version = new Version();
        version.run = run;
        version.number = number;
        version.size = size;
        return version;
    }
}
