package org.facemill.context.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.facemill.contracts.Printable;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;

/**
 * One identity of a run. In flight until it has an outcome; a complete one beyond the dataset's N is surplus, one that is in
 * flight when its run ends is cancelled: both follow from the {@link Run} and are not written down.
 */
@Entity
@IdClass(Identity.Key.class)
class Identity {

    /** Run and ordinal. */
    record Key(String run, long ordinal) implements Serializable {}

    private static final int LONGEST_REASON = 2000;
    private static final int LONGEST_STAGE = 100;

    @Id
    private String run;

    @Id
    private long ordinal;

    /** How often it was announced before. */
    private int attempt;

    @Enumerated(EnumType.STRING)
    private PipelineStage reached = PipelineStage.ISSUED;

    /** Null while it is in flight. */
    @Enumerated(EnumType.STRING)
    private Outcome outcome;

    /** Why it was lost; else empty. */
    private String reason = "";
    /** The stage that said how it ended; else empty. */
    private String stage = "";
    /** Its crops event as JSON; null until it is complete. */
    private String crops;

    /** When anything was heard of it last. */
    @Column(name = "heard_at")
    private Instant heardAt;
    /** How many identities of the run had ended by then. */
    @Column(name = "heard_ended")
    private long heardEnded;

    protected Identity() {}

    Identity(String run, long ordinal, long endedByNow, Instant now) {
        this.run = run;
        this.ordinal = ordinal;
        hear(endedByNow, now);
    }

    long ordinal() {
        return ordinal;
    }

    int attempt() {
        return attempt;
    }

    PipelineStage reached() {
        return reached;
    }

    /** How it ended; empty while it is in flight. */
    Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Notes that something was heard of it, when so many of its run had ended. */
    void hear(long endedByNow, Instant now) {
        heardAt = now;
        heardEnded = endedByNow;
    }

    Instant heardAt() {
        return heardAt;
    }

    long heardEnded() {
        return heardEnded;
    }

    /** Notes that it has come so far; the stages that are new with that, none where it was there before. */
    List<PipelineStage> reach(PipelineStage next) {
        List<PipelineStage> passed =
                next.passed().stream().filter(s -> s.compareTo(reached) > 0).toList();
        reached = passed.isEmpty() ? reached : next;
        return passed;
    }

    /** Notes how it ended. */
    void end(IdentityOutcome how) {
        outcome = how.outcome();
        stage = Printable.of(how.stage(), LONGEST_STAGE);
        reason = Printable.of(how.reason(), LONGEST_REASON);
        crops = how.outcome() == Outcome.COMPLETE
                ? how.crops().map(JsonText::of).orElseThrow()
                : null;
    }

    /** Counts one more announcement, which begins a new wait. */
    void announceAgain(long endedByNow, Instant now) {
        attempt++;
        hear(endedByNow, now);
    }

    /** It as its users see it. */
    IdentityStatus asStatus(Run of) {
        return new IdentityStatus(
                ordinal, of.stateOf(this), reached.name().toLowerCase(Locale.ROOT), stage, reason, attempt, heardAt);
    }

    /** How it ended, as an event; only of one that has ended. */
    IdentityOutcome asEvent() {
        return new IdentityOutcome(
                run,
                ordinal,
                attempt,
                outcome,
                stage,
                reason,
                Optional.ofNullable(crops).map(json -> JsonText.read(json, Crops.class)));
    }
}
