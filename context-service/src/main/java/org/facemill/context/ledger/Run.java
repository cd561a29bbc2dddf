package org.facemill.context.ledger;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.LongFunction;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Printable;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RunEvent;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.run.Recipe;

/**
 * A run: its counts, and every decision that follows from them: what is issued next, which identities make the dataset, when
 * it is finishing, complete or failed. Always
 * {@code issued = complete + discarded + failed + surplus + cancelled + in flight}. A run that is over does not change, but that one
 * that is not abandoned may be {@link #extend extended}.
 */
@Entity
class Run {

    private static final int LONGEST_REASON = 4000;

    @Id
    private String name;

    @Enumerated(EnumType.STRING)
    private RunState state = RunState.RUNNING;
    /** Why it ended, where it did not complete; else empty. */
    private String reason = "";

    /** The recipe as JSON. */
    private String recipe;
    /** Reference to the recipe in the store, as JSON. */
    @Column(name = "recipe_ref")
    private String recipeRef;

    @Column(name = "started_at")
    private Instant startedAt;
    /** When anything was heard of any of its identities last. */
    @Column(name = "heard_at")
    private Instant heardAt;
    /** Null until it ends. */
    @Column(name = "ended_at")
    private Instant endedAt;

    /** Identities in the dataset (N). */
    private int identities;
    /** Images of each (M). */
    private int images;

    @Column(name = "max_failures")
    private int maxFailures;
    /** How many identities there are contexts for. */
    private long contexts;

    private long issued;
    /** Every ordinal below has ended. */
    private long frontier;
    /** Complete identities below the frontier: those of the dataset. */
    private long accepted;

    /** All complete ones, whether the dataset needs them or not. */
    private long completed;

    private long discarded;
    private long failed;

    @Embedded
    @AttributeOverride(name = "done", column = @Column(name = "sampled"))
    @AttributeOverride(name = "lost", column = @Column(name = "sampled_lost"))
    private StageCount sampled = StageCount.ZERO;

    @Embedded
    @AttributeOverride(name = "done", column = @Column(name = "aligned"))
    @AttributeOverride(name = "lost", column = @Column(name = "aligned_lost"))
    private StageCount aligned = StageCount.ZERO;

    @Embedded
    @AttributeOverride(name = "done", column = @Column(name = "cropped"))
    @AttributeOverride(name = "lost", column = @Column(name = "cropped_lost"))
    private StageCount cropped = StageCount.ZERO;

    @Embedded
    @AttributeOverride(name = "done", column = @Column(name = "encoded"))
    @AttributeOverride(name = "lost", column = @Column(name = "encoded_lost"))
    private StageCount encoded = StageCount.ZERO;

    protected Run() {}

    /** @param contexts how many identities there are contexts for */
    Run(String name, Recipe recipe, ObjectRef recipeRef, long contexts, Instant now) {
        this.name = name;
        this.recipe = JsonText.of(recipe);
        this.recipeRef = JsonText.of(recipeRef);
        this.contexts = contexts;
        this.startedAt = now;
        this.heardAt = now;
        this.identities = recipe.identities();
        this.images = recipe.images();
        this.maxFailures = recipe.maxFailures();
    }

    String name() {
        return name;
    }

    RunState state() {
        return state;
    }

    String reason() {
        return reason;
    }

    Recipe recipe() {
        return JsonText.read(recipe, Recipe.class);
    }

    ObjectRef recipeRef() {
        return JsonText.read(recipeRef, ObjectRef.class);
    }

    int images() {
        return images;
    }

    long issued() {
        return issued;
    }

    Instant startedAt() {
        return startedAt;
    }

    Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    /** Whether it is completed, failed or cancelled. */
    boolean over() {
        return state.terminal();
    }

    /** What became of an identity of it, for its users. */
    IdentityStatus.State stateOf(Identity identity) {
        if (identity.outcome().isEmpty()) {
            return over() ? IdentityStatus.State.CANCELLED : IdentityStatus.State.IN_FLIGHT;
        }
        return switch (identity.outcome().get()) {
            case COMPLETE ->
                decided() && identity.ordinal() >= frontier
                        ? IdentityStatus.State.SURPLUS
                        : IdentityStatus.State.COMPLETE;
            case DISCARDED -> IdentityStatus.State.DISCARDED;
            case FAILED -> IdentityStatus.State.FAILED;
        };
    }

    /** Whether the dataset's N identities are known. */
    private boolean decided() {
        return accepted == identities;
    }

    private long complete() {
        return decided() ? accepted : completed;
    }

    /** How many identities have an outcome. */
    long ended() {
        return completed + discarded + failed;
    }

    long inFlight() {
        return over() ? 0 : issued - ended();
    }

    RunStatus.Identities counts() {
        return new RunStatus.Identities(
                identities,
                issued,
                complete(),
                discarded,
                failed,
                completed - complete(),
                over() ? issued - ended() : 0,
                inFlight());
    }

    /** How many identities have reached a stage. */
    StageCount count(PipelineStage stage) {
        return switch (stage) {
            case ISSUED -> throw new IllegalArgumentException("issued identities have a count of their own");
            case SAMPLED -> sampled;
            case ALIGNED -> aligned;
            case CROPPED -> cropped;
            case ENCODED -> encoded;
        };
    }

    private void setCount(PipelineStage stage, StageCount count) {
        switch (stage) {
            case ISSUED -> throw new IllegalArgumentException("issued identities have a count of their own");
            case SAMPLED -> sampled = count;
            case ALIGNED -> aligned = count;
            case CROPPED -> cropped = count;
            case ENCODED -> encoded = count;
        }
    }

    /** The event that announces the run's state. */
    RunEvent asEvent() {
        return new RunEvent(name, state, reason, images, identities);
    }

    /**
     * How many identities to issue now: as many as the dataset lacks, more by the share that is lost, never more in flight
     * than the window, and none that there is no context for. One loss among the first few says little of the share: it is
     * estimated as if a window of identities had come through before.
     */
    int toIssue(int window) {
        if (state != RunState.RUNNING) {
            return 0;
        }
        long lacking = identities - completed;
        long lost = discarded + failed;
        long spare = lacking * lost / (window + completed + lost);
        long due = Math.max(0, Math.min(window, lacking + spare) - inFlight());
        return (int) Math.min(due, contexts - issued);
    }

    /** The next identity. */
    Identity issue(Instant now) {
        return new Identity(name, issued++, ended(), now);
    }

    /**
     * Whether nothing was heard of an identity for so long that it is lost, and does not wait in a queue: nothing was heard of
     * any other either, or two windows of others came past it.
     */
    boolean stalled(Identity identity, Duration deadline, int window, Instant now) {
        Instant latest = now.minus(deadline);
        return identity.outcome().isEmpty()
                && identity.heardAt().isBefore(latest)
                && (heardAt.isBefore(latest) || ended() - identity.heardEnded() >= 2L * window);
    }

    /** Notes that something was heard of an identity. */
    void hear(Identity identity, Instant now) {
        heardAt = now;
        identity.hear(ended(), now);
    }

    /** Notes that an identity has come so far. After it has ended that changes nothing, but that a complete one is encoded. */
    void reach(Identity identity, PipelineStage stage) {
        boolean complete = identity.outcome().filter(Outcome.COMPLETE::equals).isPresent();
        if (identity.outcome().isEmpty() || complete && stage == PipelineStage.ENCODED) {
            pass(identity, stage);
        }
    }

    private void pass(Identity identity, PipelineStage stage) {
        identity.reach(stage).forEach(s -> setCount(s, count(s).plusDone()));
    }

    /**
     * Notes how an identity ended, once, and what follows: past the losses that the recipe allows the run has failed, unless the
     * dataset is decided; versions whose identities are decided are full; with the last of them the run is finishing.
     *
     * @param versions of the dataset
     * @param outcomeAt how the identity of an ordinal that was issued ended
     */
    void settle(
            Identity identity,
            IdentityOutcome how,
            Collection<DatasetVersion> versions,
            LongFunction<Optional<Outcome>> outcomeAt,
            Instant now) {
        if (over() || identity.outcome().isPresent()) {
            return;
        }
        count(identity, how);
        if (state == RunState.RUNNING && discarded + failed > maxFailures) {
            fail(
                    (discarded + failed) + " identities were discarded or failed, the recipe allows " + maxFailures
                            + "; the last: identity " + identity.ordinal() + ": " + how.reason(),
                    now);
            return;
        }
        advance(versions, outcomeAt);
        if (state == RunState.RUNNING && issued == contexts && inFlight() == 0) {
            fail(
                    "there are contexts for " + contexts + " identities, of which " + completed + " became complete; "
                            + identities + " are wanted",
                    now);
        }
    }

    private void count(Identity identity, IdentityOutcome how) {
        identity.end(how);
        switch (how.outcome()) {
            case COMPLETE -> {
                completed++;
                pass(identity, PipelineStage.CROPPED);
            }
            case DISCARDED -> {
                discarded++;
                pass(identity, PipelineStage.SAMPLED);
                lose(identity);
            }
            case FAILED -> {
                failed++;
                lose(identity);
            }
        }
    }

    private void lose(Identity identity) {
        identity.reached().passed().forEach(s -> setCount(s, count(s).plusLost()));
    }

    /**
     * Moves the frontier over identities that have ended. With the N-th complete one the dataset is decided; complete ones
     * above the frontier are surplus.
     */
    private void advance(Collection<DatasetVersion> versions, LongFunction<Optional<Outcome>> outcomeAt) {
        while (state == RunState.RUNNING && frontier < issued) {
            Optional<Outcome> outcome = outcomeAt.apply(frontier);
            if (outcome.isEmpty()) {
                break;
            }
            frontier++;
            if (outcome.get() == Outcome.COMPLETE) {
                accepted++;
                versions.stream().filter(v -> v.size() == accepted).forEach(DatasetVersion::fill);
                if (decided()) {
                    state = RunState.FINISHING;
                }
            }
        }
    }

    /** Completes where all that the recipe asks for is there; what is evaluated was encoded, whether or not that was heard. */
    void completeWhereDone(
            Collection<DatasetVersion> versions, Collection<ExpectedEvaluation> evaluations, Instant now) {
        if (state == RunState.FINISHING
                && versions.stream().allMatch(DatasetVersion::finished)
                && evaluations.stream().allMatch(ExpectedEvaluation::done)) {
            encoded = new StageCount(Math.max(encoded.done(), identities), encoded.lost());
            end(RunState.COMPLETED, "", now);
        }
    }

    /** Why it cannot go on to so many identities; empty where it can. */
    Optional<String> hindrance(int wanted) {
        if (state.abandoned()) {
            return Optional.of("run " + name + " is " + Json.MAPPER.convertValue(state, String.class)
                    + "; start it anew by its recipe");
        }
        long lost = discarded + failed;
        return contexts - lost >= wanted
                ? Optional.empty()
                : Optional.of("run " + name + " has contexts for " + contexts + " identities, of which " + lost
                        + " were lost; " + wanted + " cannot be made");
    }

    /**
     * Goes on to more identities: those that were surplus count first.
     *
     * @param extended recipe that wants them
     * @param versions of the dataset, with the one that is new
     * @param outcomeAt how the identity of an ordinal that was issued ended
     */
    void extend(
            Recipe extended,
            ObjectRef extendedRef,
            Collection<DatasetVersion> versions,
            LongFunction<Optional<Outcome>> outcomeAt,
            Instant now) {
        recipe = JsonText.of(extended);
        recipeRef = JsonText.of(extendedRef);
        identities = extended.identities();
        maxFailures = extended.maxFailures();
        state = RunState.RUNNING;
        endedAt = null;
        heardAt = now;
        advance(versions, outcomeAt);
    }

    /** Ends it on behalf of a user. */
    void cancel(Instant now) {
        end(RunState.CANCELLED, "cancelled by a user", now);
    }

    /** Ends it, because of something that it cannot do without. */
    void fail(String why, Instant now) {
        end(RunState.FAILED, why, now);
    }

    private void end(RunState end, String why, Instant now) {
        state = end;
        reason = Printable.of(why, LONGEST_REASON);
        endedAt = now;
    }
}
