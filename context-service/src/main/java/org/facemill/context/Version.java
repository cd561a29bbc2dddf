package org.facemill.context;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.util.List;

/** One version of a run's dataset. */
@Entity
@IdClass(Version.Key.class)
public class Version extends PanacheEntityBase {

    /** Where a version stands. */
    enum State {
        /** Identities are missing. */
        WAITING,
        /** Its identities are decided; their list is to be written and the packing requested. */
        FULL,
        /** It is being packed. */
        REQUESTED,
        /** It is packed. */
        SEALED
    }

    /** Run and number. */
    public record Key(String run, int number) implements Serializable {}

    @Id
    public String run;
    /** From 1. */
    @Id
    public int number;
    /** Identities in it. */
    public int size;

    @Enumerated(EnumType.STRING)
    public State state = State.WAITING;
    /** Whether its recogniser is trained. */
    public boolean trained;

    @Column(name = "steps_done")
    public long stepsDone;
    /** Training steps in all; 0 until that is known. */
    public long steps;

    static List<Version> of(String run) {
        return list("run = ?1 order by number", run);
    }
}
