package org.facemill.context;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.recipe.run.Recipe;

/** An evaluation that has arrived. */
@Entity
@IdClass(Judgement.Key.class)
public class Judgement extends PanacheEntityBase {

    /** What was judged, by what. */
    public record Key(String run, EvaluationKind kind, String model, String subject) implements Serializable {}

    @Id
    public String run;

    @Id
    @Enumerated(EnumType.STRING)
    public EvaluationKind kind;

    @Id
    public String model;
    /** Version or benchmark. */
    @Id
    public String subject;

    /** How often the recogniser of each version is judged: on what was kept out of its training, and on each benchmark. */
    static int trials(Recipe recipe) {
        return recipe.evaluation().benchmarks().size() + (recipe.training().holdout() > 0 ? 1 : 0);
    }
}
