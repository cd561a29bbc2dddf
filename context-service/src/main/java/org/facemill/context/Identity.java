package org.facemill.context;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.hibernate.annotations.DynamicUpdate;

/** One identity of a run. */
@Entity
@IdClass(Identity.Key.class)
// a bulk update must not be undone by a copy in memory
@DynamicUpdate
public class Identity extends PanacheEntityBase {

    /** Run and ordinal. */
    public record Key(String run, long ordinal) implements Serializable {}

    @Id
    public String run;

    @Id
    public long ordinal;

    @Enumerated(EnumType.STRING)
    public IdentityStatus status = IdentityStatus.IN_FLIGHT;
    /** How often it was announced before. */
    public int attempt;
    /** Why it was lost; else empty. */
    public String reason = "";
    /** When anything was heard of it last. */
    @Column(name = "heard_at")
    public Instant heardAt;
    /** How many identities of the run had ended by then. */
    @Column(name = "heard_ended")
    public long heardEnded;

    public boolean sampled;
    public boolean aligned;
    public boolean cropped;
    public boolean encoded;
    /** The stage that said how it ended; else empty. */
    public String stage = "";
    /** Its crops event as JSON; null until it is complete. */
    public String crops;

    /** How it ended, as an event; only of an identity that is complete, discarded or failed. */
    IdentityOutcome outcome() {
        return new IdentityOutcome(
                run,
                ordinal,
                attempt,
                Outcome.valueOf(status.name()),
                stage,
                reason,
                Optional.ofNullable(crops).map(json -> Documents.read(json, Crops.class)));
    }
}
