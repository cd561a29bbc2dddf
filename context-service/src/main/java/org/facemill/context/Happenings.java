package org.facemill.context;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.FrModel;
import org.facemill.contracts.event.FrProgress;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.run.Recipe;

/** Notes in the ledger what other services say. A repeated or late event changes nothing. */
@ApplicationScoped
class Happenings {

    private final Ledger ledger;

    Happenings(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Notes events, all in one transaction. Events of runs and identities that are not in the ledger are passed over. */
    @Transactional
    void note(List<Event> events, Instant now) {
        for (Event event : events) {
            ledger.held(event.run()).ifPresent(run -> note(run, event, now));
        }
    }

    private void note(Run run, Event event, Instant now) {
        if (event instanceof IdentityEvent identityEvent) {
            Optional<Identity> identity =
                    Identity.findByIdOptional(new Identity.Key(run.name, identityEvent.ordinal()));
            if (identity.isPresent()) {
                note(run, identity.get(), identityEvent, now);
            }
            return;
        }
        switch (EventType.of(event.getClass())) {
            case DATASET_SEALED ->
                version(run, ((DatasetSealed) event).version()).ifPresent(v -> v.state = Version.State.SEALED);
            case FR_PROGRESS -> trains(run, (FrProgress) event);
            case FR_MODEL -> version(run, ((FrModel) event).version()).ifPresent(v -> v.trained = true);
            case EVALUATION -> judged((Evaluation) event);
            default -> {}
        }
        if (run.state == RunState.FINISHING && Version.of(run.name).stream().allMatch(v -> finished(run, v))) {
            ledger.end(run, RunState.COMPLETED, "", now);
        }
    }

    private void note(Run run, Identity identity, IdentityEvent event, Instant now) {
        identity.heardAt = now;
        identity.heardEnded = run.ended();
        run.heardAt = now;
        switch (EventType.of(event.getClass())) {
            case RAW_BLOCK -> {
                run.sampled += identity.sampled ? 0 : 1;
                identity.sampled = true;
            }
            case ALIGNED_BLOCK -> {
                run.aligned += identity.aligned ? 0 : 1;
                identity.aligned = true;
            }
            case CROPS -> {
                run.cropped += identity.cropped ? 0 : 1;
                identity.cropped = true;
            }
            case IDENTITY_EMBEDDINGS -> {
                run.encoded += identity.encoded ? 0 : 1;
                identity.encoded = true;
            }
            case IDENTITY_OUTCOME -> {
                IdentityOutcome outcome = (IdentityOutcome) event;
                if (!identity.status.ended()) {
                    identity.stage = outcome.stage();
                    outcome.crops().ifPresent(crops -> identity.crops = Documents.write(crops));
                    ledger.settle(run, identity, outcome.outcome(), outcome.reason(), now);
                }
            }
            default -> {}
        }
    }

    private static Optional<Version> version(Run run, int number) {
        return Version.findByIdOptional(new Version.Key(run.name, number));
    }

    private static void trains(Run run, FrProgress progress) {
        version(run, progress.version())
                .filter(v -> v.stepsDone < progress.step())
                .ifPresent(v -> {
                    v.stepsDone = progress.step();
                    v.steps = progress.steps();
                });
    }

    private static void judged(Evaluation evaluation) {
        if (evaluation.kind() == EvaluationKind.LIVE
                || Judgement.findByIdOptional(new Judgement.Key(
                                evaluation.run(), evaluation.kind(), evaluation.model(), evaluation.subject()))
                        .isPresent()) {
            return;
        }
        Judgement judgement = new Judgement();
        judgement.run = evaluation.run();
        judgement.kind = evaluation.kind();
        judgement.model = evaluation.model();
        judgement.subject = evaluation.subject();
        judgement.persist();
    }

    /** Whether all that the recipe asks for of a version is there: packed, judged, and its recogniser trained and judged. */
    private static boolean finished(Run run, Version version) {
        if (version.state != Version.State.SEALED
                || Judgement.count(
                                "run = ?1 and kind = ?2 and subject = ?3",
                                run.name,
                                EvaluationKind.DATASET,
                                "v" + version.number)
                        == 0) {
            return false;
        }
        Recipe recipe = Documents.read(run.recipe, Recipe.class);
        if (!recipe.training().enabled()) {
            return true;
        }
        return version.trained
                && Judgement.count(
                                "run = ?1 and kind = ?2 and model = ?3",
                                run.name,
                                EvaluationKind.RECOGNISER,
                                Buckets.frModelName(run.name, version.number))
                        >= Judgement.trials(recipe);
    }
}
