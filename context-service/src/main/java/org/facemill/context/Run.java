package org.facemill.context;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongFunction;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RunState;

/**
 * A run: counts, and the decisions that follow from them. Always
 * {@code issued = complete + discarded + failed + surplus + cancelled + inFlight()}.
 */
@Entity
public class Run extends PanacheEntityBase {

    @Id
    public String name;

    @Enumerated(EnumType.STRING)
    public RunState state = RunState.RUNNING;
    /** Why it ended, where it did not complete; else empty. */
    public String reason = "";
    /** The recipe as JSON. */
    public String recipe;
    /** Reference to the recipe in the store, as JSON. */
    @Column(name = "recipe_ref")
    public String recipeRef;

    @Column(name = "started_at")
    public Instant startedAt;
    /** When anything was heard of any of its identities last. */
    @Column(name = "heard_at")
    public Instant heardAt;
    /** Null until it ends. */
    @Column(name = "ended_at")
    public Instant endedAt;

    /** Identities in the dataset (N). */
    public int identities;

    @Column(name = "max_failures")
    public int maxFailures;

    public long issued;
    /** Every ordinal below has ended. */
    public long frontier;
    /** Complete identities below the frontier. */
    public long accepted;

    public long complete;
    public long discarded;
    public long failed;
    public long surplus;
    public long cancelled;

    public long sampled;
    public long aligned;
    public long cropped;
    public long encoded;

    long ended() {
        return complete + discarded + failed + surplus + cancelled;
    }

    long inFlight() {
        return issued - ended();
    }

    /**
     * How many identities to issue now: as many as the dataset lacks, more by the share that is lost, and never more in
     * flight than the window. One loss among the first few says little of the share: it is estimated as if a window
     * of identities had come through before.
     */
    int toIssue(int window) {
        if (state != RunState.RUNNING) {
            return 0;
        }
        long lacking = identities - complete;
        long lost = discarded + failed;
        long spare = lacking * lost / (window + complete + lost);
        return (int) Math.max(0, Math.min(window, lacking + spare) - inFlight());
    }

    /** Counts an identity that was in flight as ended. */
    IdentityStatus settle(Outcome outcome) {
        switch (outcome) {
            case COMPLETE -> {
                if (state == RunState.RUNNING) {
                    complete++;
                    return IdentityStatus.COMPLETE;
                }
                surplus++;
                return IdentityStatus.SURPLUS;
            }
            case DISCARDED -> {
                discarded++;
                return IdentityStatus.DISCARDED;
            }
            case FAILED -> {
                failed++;
                return IdentityStatus.FAILED;
            }
            default -> throw new IllegalArgumentException("outcome " + outcome);
        }
    }

    /** Whether more identities were lost than the recipe allows. */
    boolean lostTooMany() {
        return discarded + failed > maxFailures;
    }

    /**
     * Moves the frontier over identities that have ended. With the N-th complete one the dataset is decided: the run is
     * finishing, and complete identities above the frontier are to become {@link #surplus}.
     *
     * @param sizes of the dataset's versions
     * @param statusAt status of the identity of an ordinal that was issued
     * @return the sizes that are full now, rising
     */
    List<Integer> advance(Collection<Integer> sizes, LongFunction<IdentityStatus> statusAt) {
        List<Integer> full = new ArrayList<>();
        while (state == RunState.RUNNING && frontier < issued) {
            IdentityStatus status = statusAt.apply(frontier);
            if (!status.ended()) {
                break;
            }
            frontier++;
            if (status == IdentityStatus.COMPLETE) {
                accepted++;
                if (sizes.contains((int) accepted)) {
                    full.add((int) accepted);
                }
                if (accepted == identities) {
                    state = RunState.FINISHING;
                }
            }
        }
        return full;
    }

    /** Counts complete identities above the frontier as surplus: the dataset is decided. */
    void tooMany(long count) {
        complete -= count;
        surplus += count;
    }

    /** Ends the run; what is in flight is cancelled. */
    void end(RunState end, String why, Instant now) {
        cancelled += inFlight();
        state = end;
        reason = why;
        endedAt = now;
    }
}
