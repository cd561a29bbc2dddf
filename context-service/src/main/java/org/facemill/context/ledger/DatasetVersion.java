package org.facemill.context.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.FrProgress;

/** One version of a run's dataset, and the recogniser that is trained on it. */
@Entity
@Table(name = "dataset_version")
@IdClass(DatasetVersion.Key.class)
class DatasetVersion {

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
    record Key(String run, int number) implements Serializable {}

    @Id
    private String run;
    /** From 1. */
    @Id
    private int number;
    /** Identities in it. */
    private int size;

    @Enumerated(EnumType.STRING)
    private State state = State.WAITING;

    /** Whether a recogniser is to be trained on it. */
    @Column(name = "to_train")
    private boolean toTrain;

    private boolean trained;

    @Column(name = "steps_done")
    private long stepsDone;
    /** Training steps in all; 0 until that is known. */
    private long steps;

    protected DatasetVersion() {}

    DatasetVersion(String run, int number, int size, boolean toTrain) {
        this.run = run;
        this.number = number;
        this.size = size;
        this.toTrain = toTrain;
    }

    String run() {
        return run;
    }

    int number() {
        return number;
    }

    int size() {
        return size;
    }

    State state() {
        return state;
    }

    boolean toTrain() {
        return toTrain;
    }

    long stepsDone() {
        return stepsDone;
    }

    long steps() {
        return steps;
    }

    /** Notes that its identities are decided. */
    void fill() {
        state = State.FULL;
    }

    /** Notes that its packing is requested. */
    void request() {
        state = State.REQUESTED;
    }

    /** Notes that it is packed, where that was requested and is what was requested. */
    void seal(DatasetSealed sealed, int images) {
        if (state == State.REQUESTED && sealed.identities() == size && sealed.images() == images) {
            state = State.SEALED;
        }
    }

    /** Notes how far its recogniser is; never less than before. */
    void train(FrProgress progress) {
        if (inTraining() && progress.step() > stepsDone) {
            steps = Math.max(progress.steps(), progress.step());
            stepsDone = progress.step();
        }
    }

    /** Notes that its recogniser is trained. */
    void finishTraining() {
        if (inTraining()) {
            trained = true;
            stepsDone = steps;
        }
    }

    /** What comes of a request may be heard of in any order. */
    private boolean inTraining() {
        return requested() && toTrain && !trained;
    }

    /** Whether its packing was requested, done or not. */
    boolean requested() {
        return state == State.REQUESTED || state == State.SEALED;
    }

    /** Whether it is packed and its recogniser, where there is to be one, trained. */
    boolean finished() {
        return state == State.SEALED && (trained || !toTrain);
    }
}
