package org.facemill.context.deadletter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** What was done about a dead letter. */
@Entity
@Table(name = "dead_letter")
class Handling {

    @Id
    private String id;

    /** Null until it is sent again; the last time, where it was more than once. */
    @Column(name = "replayed_at")
    private Instant replayedAt;

    /** Null until it is dismissed. */
    @Column(name = "dismissed_at")
    private Instant dismissedAt;

    protected Handling() {}

    Handling(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    Optional<Instant> replayedAt() {
        return Optional.ofNullable(replayedAt);
    }

    Optional<Instant> dismissedAt() {
        return Optional.ofNullable(dismissedAt);
    }

    void replay(Instant now) {
        replayedAt = now;
    }

    void dismiss(Instant now) {
        dismissedAt = now;
    }
}
