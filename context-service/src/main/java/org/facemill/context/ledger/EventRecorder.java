package org.facemill.context.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.FrModel;
import org.facemill.contracts.event.FrProgress;
import org.facemill.contracts.event.IdentityEmbeddings;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.VersionEvent;

/**
 * Records other services' events in the ledger. Repeated or late ones change nothing, nor do those about runs, identities,
 * versions or evaluations that the ledger did not issue.
 */
@ApplicationScoped
public class EventRecorder {

    private final LedgerRepository repository;
    private final Ledger ledger;

    EventRecorder(LedgerRepository repository, Ledger ledger) {
        this.repository = repository;
        this.ledger = ledger;
    }

    /** Records events of one run, in one transaction. */
    @Transactional
    public void record(String name, List<Event> events, Instant now) {
        ledger.change(name, run -> {
            for (Event event : events) {
                if (!run.over()) {
                    record(run, event, now);
                }
            }
        });
    }

    /** Fails the run of an event that a stage could not work on, where the ledger waits for what should have come of it. */
    @Transactional
    public void recordFailure(VersionEvent event, String reason, Instant now) {
        ledger.change(
                event.run(),
                run -> repository
                        .version(event.run(), event.version())
                        .filter(version -> awaitsResult(version, event))
                        .ifPresent(version -> run.fail(reason, now)));
    }

    private static boolean awaitsResult(DatasetVersion version, VersionEvent event) {
        return switch (EventType.of(event.getClass())) {
            case DATASET_REQUEST -> version.state() == DatasetVersion.State.REQUESTED;
            case DATASET_SEALED -> version.requested();
            case FR_MODEL -> version.requested() && version.toTrain();
            default -> false;
        };
    }

    private void record(Run run, Event event, Instant now) {
        if (event instanceof IdentityEvent ofIdentity) {
            repository
                    .identity(run.name(), ofIdentity.ordinal())
                    .ifPresent(identity -> record(run, identity, ofIdentity, now));
        } else {
            recordOfRun(run, event);
            run.completeWhereDone(repository.versions(run.name()), repository.evaluations(run.name()), now);
        }
    }

    private void record(Run run, Identity identity, IdentityEvent event, Instant now) {
        run.hear(identity, now);
        switch (EventType.of(event.getClass())) {
            case RAW_BLOCK -> run.reach(identity, PipelineStage.SAMPLED);
            case ALIGNED_BLOCK -> run.reach(identity, PipelineStage.ALIGNED);
            case CROPS -> run.reach(identity, PipelineStage.CROPPED);
            case IDENTITY_EMBEDDINGS -> {
                if (((IdentityEmbeddings) event)
                        .model()
                        .equals(run.recipe().evaluation().encoder())) {
                    run.reach(identity, PipelineStage.ENCODED);
                }
            }
            case IDENTITY_OUTCOME -> ledger.settle(run, identity, (IdentityOutcome) event, now);
            default -> {}
        }
    }

    private void recordOfRun(Run run, Event event) {
        switch (EventType.of(event.getClass())) {
            case DATASET_SEALED -> {
                DatasetSealed sealed = (DatasetSealed) event;
                version(run, sealed).ifPresent(version -> version.seal(sealed, run.images()));
            }
            case FR_PROGRESS -> {
                FrProgress progress = (FrProgress) event;
                version(run, progress).ifPresent(version -> version.train(progress));
            }
            case FR_MODEL -> {
                FrModel model = (FrModel) event;
                version(run, model)
                        .filter(version -> model.model().equals(Buckets.frModelName(run.name(), version.number())))
                        .ifPresent(DatasetVersion::finishTraining);
            }
            case EVALUATION -> {
                Evaluation evaluation = (Evaluation) event;
                repository
                        .evaluation(run.name(), evaluation.kind(), evaluation.model(), evaluation.subject())
                        .filter(expected -> repository
                                .version(run.name(), expected.version())
                                .filter(DatasetVersion::requested)
                                .isPresent())
                        .ifPresent(ExpectedEvaluation::arrive);
            }
            default -> {}
        }
    }

    private Optional<DatasetVersion> version(Run run, VersionEvent event) {
        return repository.version(run.name(), event.version());
    }
}
