package org.facemill.context.ledger;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.recipe.run.Recipe;

/** An evaluation without which its run is not complete. */
@Entity
@Table(name = "expected_evaluation")
@IdClass(ExpectedEvaluation.Key.class)
class ExpectedEvaluation {

    /** What is evaluated, by which recogniser. */
    record Key(String run, EvaluationKind kind, String model, String subject) implements Serializable {}

    @Id
    private String run;

    @Id
    @Enumerated(EnumType.STRING)
    private EvaluationKind kind;

    @Id
    private String model;
    /** Version or benchmark. */
    @Id
    private String subject;

    /** The version of the dataset that is evaluated, or on which the recogniser is trained. */
    private int version;

    private boolean done;

    protected ExpectedEvaluation() {}

    private ExpectedEvaluation(String run, int version, EvaluationKind kind, String model, String subject) {
        this.run = run;
        this.version = version;
        this.kind = kind;
        this.model = model;
        this.subject = subject;
    }

    /** What a recipe asks for of a version: of the dataset itself, and of its recogniser on each benchmark and on what it has not seen. */
    static List<ExpectedEvaluation> of(String run, int version, Recipe recipe) {
        List<ExpectedEvaluation> expected = new ArrayList<>();
        expected.add(new ExpectedEvaluation(
                run, version, EvaluationKind.DATASET, recipe.evaluation().encoder(), "v" + version));
        if (recipe.training().enabled()) {
            Set<String> subjects = new LinkedHashSet<>(recipe.evaluation().benchmarks());
            if (recipe.training().holdout() > 0) {
                subjects.add(Evaluation.UNSEEN);
            }
            subjects.forEach(subject -> expected.add(new ExpectedEvaluation(
                    run, version, EvaluationKind.RECOGNISER, Buckets.frModelName(run, version), subject)));
        }
        return expected;
    }

    int version() {
        return version;
    }

    boolean done() {
        return done;
    }

    /** Notes that it has arrived. */
    void arrive() {
        done = true;
    }
}
