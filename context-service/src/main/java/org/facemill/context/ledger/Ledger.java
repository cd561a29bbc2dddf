package org.facemill.context.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.DatasetRequest;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.run.Recipe;

/**
 * Operations on the ledger. Every method is one transaction; one that changes a run holds its row until it ends, so that
 * several services may share the database, and writes what is to be said of the change into the outbox.
 */
@ApplicationScoped
public class Ledger {

    private static final String STAGE = "context";
    private static final int LAST_ATTEMPT = 3;
    private static final int STALLED_AT_ONCE = 500;

    private final LedgerRepository repository;
    private final Outbox outbox;
    private final int window;
    private final Duration deadline;

    Ledger(
            LedgerRepository repository,
            Outbox outbox,
            @ConfigProperty(name = "facemill.window") int window,
            @ConfigProperty(name = "facemill.identity-deadline") Duration deadline) {
        this.repository = repository;
        this.outbox = outbox;
        this.window = window;
        this.deadline = deadline;
    }

    /** A run and its recipe. */
    public record NamedRecipe(String run, Recipe recipe) {}

    /** So many identities that are to be issued, by ordinal. */
    public record Due(long from, int count) {}

    /** A version of a dataset whose identities are decided: the first {@code size} complete ones. */
    public record FullVersion(String run, int number, int size) {}

    /**
     * Begins a run.
     *
     * @param contexts how many identities there are contexts for
     */
    @Transactional
    public void begin(String name, Recipe recipe, ObjectRef recipeRef, long contexts, Instant now) {
        Run run = new Run(name, recipe, recipeRef, contexts, now);
        repository.add(run);
        int number = 1;
        for (int size : recipe.dataset().versions()) {
            addVersion(name, number++, size, recipe);
        }
        addVersion(name, number, recipe.identities(), recipe);
        outbox.add(Topics.RUNS, run.asEvent());
    }

    private void addVersion(String run, int number, int size, Recipe recipe) {
        repository.add(new DatasetVersion(run, number, size, recipe.training().enabled()));
        ExpectedEvaluation.of(run, number, recipe).forEach(repository::add);
    }

    /** Where a run stands; empty where there is none of this name. */
    @Transactional
    public Optional<RunStatus> status(String name) {
        return repository.run(name).map(this::status);
    }

    /** Where all runs stand, the latest first. */
    @Transactional
    public List<RunStatus> statuses() {
        return repository.runs().stream().map(this::status).toList();
    }

    private RunStatus status(Run run) {
        return RunStatus.of(run, repository.versions(run.name()), repository.evaluations(run.name()), Instant.now());
    }

    /** The recipes of the runs in any of some states, the oldest first. */
    @Transactional
    public List<NamedRecipe> recipes(RunState... states) {
        return repository.runs(states).stream()
                .map(run -> new NamedRecipe(run.name(), run.recipe()))
                .toList();
    }

    /** The recipe of a run that is not over; empty where it is, or there is none. */
    @Transactional
    public Optional<Recipe> liveRecipe(String name) {
        return repository.run(name).filter(run -> !run.over()).map(Run::recipe);
    }

    /** Which identities of a run are to be issued now. */
    @Transactional
    public Due due(String name) {
        Run run = repository.run(name).orElseThrow();
        return new Due(run.issued(), run.toIssue(window));
    }

    /**
     * Issues identities, where no other service has done so since.
     *
     * @param contexts of the identities that are due, by ordinal
     */
    @Transactional
    public void issue(String name, Due due, List<float[]> contexts, Instant now) {
        change(name, run -> {
            if (run.issued() == due.from()) {
                Recipe recipe = run.recipe();
                int count = Math.min(contexts.size(), run.toIssue(window));
                for (float[] context : contexts.subList(0, count)) {
                    Identity identity = run.issue(now);
                    repository.add(identity);
                    announce(run, identity, recipe, context);
                }
            }
        });
    }

    /** The ordinals of a run's identities that have stalled. */
    @Transactional
    public List<Long> stalled(String name, Instant now) {
        Run run = repository.run(name).orElseThrow();
        return repository.silent(name, now.minus(deadline), STALLED_AT_ONCE).stream()
                .filter(identity -> run.stalled(identity, deadline, window, now))
                .map(Identity::ordinal)
                .toList();
    }

    /**
     * Announces stalled identities again, and fails those that were announced often enough.
     *
     * @param contexts of the stalled ones, by their ordinals
     */
    @Transactional
    public void reannounce(String name, Map<Long, float[]> contexts, Instant now) {
        change(name, run -> {
            Recipe recipe = run.recipe();
            contexts.forEach((ordinal, context) -> {
                Identity identity = repository.identity(name, ordinal).orElseThrow();
                if (!run.over() && run.stalled(identity, deadline, window, now)) {
                    reannounce(run, identity, recipe, context, now);
                }
            });
        });
    }

    private void reannounce(Run run, Identity identity, Recipe recipe, float[] context, Instant now) {
        if (identity.attempt() < LAST_ATTEMPT) {
            announceAgain(run, identity, recipe, context, now);
        } else {
            settle(
                    run,
                    identity,
                    new IdentityOutcome(
                            run.name(),
                            identity.ordinal(),
                            identity.attempt(),
                            Outcome.FAILED,
                            STAGE,
                            "nothing was heard of it after " + LAST_ATTEMPT + " repetitions, for " + deadline + " each",
                            Optional.empty()),
                    now);
        }
    }

    private void announceAgain(Run run, Identity identity, Recipe recipe, float[] context, Instant now) {
        identity.announceAgain(run.ended(), now);
        announce(run, identity, recipe, context);
    }

    /** Notes how an identity ended, and what follows for the run. */
    void settle(Run run, Identity identity, IdentityOutcome how, Instant now) {
        run.settle(identity, how, repository.versions(run.name()), outcomes(run), now);
    }

    /** How many images an identity must have to be complete; empty where it is not in flight. */
    @Transactional
    public OptionalInt imagesAwaited(String name, long ordinal) {
        return repository
                .run(name)
                .filter(run -> !run.over()
                        && repository
                                .identity(name, ordinal)
                                .filter(identity -> identity.outcome().isEmpty())
                                .isPresent())
                .map(run -> OptionalInt.of(run.images()))
                .orElse(OptionalInt.empty());
    }

    /** The versions whose identities are decided, and whose packing is not requested yet. */
    @Transactional
    public List<FullVersion> fullVersions() {
        return repository.versions(DatasetVersion.State.FULL).stream()
                .map(v -> new FullVersion(v.run(), v.number(), v.size()))
                .toList();
    }

    /** How identities ended, from an ordinal on up to the first that is in flight, no more than some. */
    @Transactional
    public List<IdentityOutcome> outcomes(String name, long from, int limit) {
        return repository.identities(name, from, limit).stream()
                .takeWhile(identity -> identity.outcome().isPresent())
                .map(Identity::asEvent)
                .toList();
    }

    /** Requests the packing of a version whose identities are listed. */
    @Transactional
    public void requestPacking(FullVersion full, ObjectRef identities) {
        change(
                full.run(),
                run -> repository
                        .version(full.run(), full.number())
                        .filter(version -> version.state() == DatasetVersion.State.FULL)
                        .ifPresent(version -> {
                            version.request();
                            outbox.add(
                                    Topics.DATASET_REQUESTS,
                                    new DatasetRequest(
                                            full.run(), full.number(), full.size(), identities, run.recipeRef()));
                        }));
    }

    /** Why a run cannot go on to so many identities; empty where it can, or there is no such run. */
    @Transactional
    public Optional<String> hindrance(String name, int identities) {
        return repository.run(name).flatMap(run -> run.hindrance(identities));
    }

    /** The ordinals of the identities that were in flight when a run ended; none where it is not over. */
    @Transactional
    public List<Long> cancelled(String name) {
        return repository
                .run(name)
                .filter(Run::over)
                .map(run ->
                        repository.unended(name).stream().map(Identity::ordinal).toList())
                .orElse(List.of());
    }

    /**
     * Extends a run to more identities, which make up one more version of its dataset. What was in flight when it ended is
     * announced again.
     *
     * @param before its recipe, from which the extended one was made
     * @param cancelled contexts of what was in flight when it ended, by ordinal
     * @return why it was not extended; empty where it was
     */
    @Transactional
    public Optional<String> extend(
            String name,
            Recipe before,
            Recipe extended,
            ObjectRef recipeRef,
            Map<Long, float[]> cancelled,
            Instant now) {
        Run run = repository.lockRun(name).orElseThrow();
        if (!run.recipe().equals(before)) {
            return Optional.of("run " + name + " was extended meanwhile; look at it and ask again");
        }
        Optional<String> hindrance = run.hindrance(extended.identities());
        if (hindrance.isEmpty()) {
            addVersion(name, repository.versions(name).size() + 1, extended.identities(), extended);
            boolean wasOver = run.over();
            run.extend(extended, recipeRef, repository.versions(name), outcomes(run), now);
            outbox.add(Topics.RUNS, run.asEvent());
            if (wasOver) {
                cancelled.forEach((ordinal, context) ->
                        announceAgain(run, repository.identity(name, ordinal).orElseThrow(), extended, context, now));
            }
        }
        return hindrance;
    }

    private LongFunction<Optional<Outcome>> outcomes(Run run) {
        return ordinal -> repository.identity(run.name(), ordinal).orElseThrow().outcome();
    }

    /** Cancels a run, where it is not over. */
    @Transactional
    public void cancel(String name, Instant now) {
        change(name, run -> run.cancel(now));
    }

    /** Fails a run, where it is not over, because of something that it cannot do without. */
    @Transactional
    public void fail(String name, String reason, Instant now) {
        change(name, run -> run.fail(reason, now));
    }

    /**
     * Changes a run that is not over, holding its row; says so where its state is another then. What is not sent yet of a run
     * that ends is not sent any more.
     */
    void change(String name, Consumer<Run> change) {
        repository.lockRun(name).filter(run -> !run.over()).ifPresent(run -> {
            RunState before = run.state();
            change.accept(run);
            if (run.state() != before) {
                if (run.over()) {
                    outbox.discard(name);
                }
                outbox.add(Topics.RUNS, run.asEvent());
            }
        });
    }

    private void announce(Run run, Identity identity, Recipe recipe, float[] context) {
        outbox.add(
                Topics.identityContexts(recipe.sampling().sampler()),
                new IdentityContext(
                        run.name(),
                        identity.ordinal(),
                        identity.attempt(),
                        recipe.seed(),
                        context,
                        recipe.images(),
                        recipe.sampling(),
                        recipe.alignment(),
                        recipe.evaluation().encoder(),
                        Topics.rawBlocks(recipe.alignment().aligner()),
                        List.of(Topics.ALIGNED_BLOCKS, Topics.CROPS)));
    }
}
