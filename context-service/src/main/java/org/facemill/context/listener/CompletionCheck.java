package org.facemill.context.listener;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalInt;
import org.facemill.context.ledger.Ledger;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.platform.store.CorruptObjectException;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.ObjectStore;

/**
 * Verifies claims that an identity is complete: its crops are as many as the recipe asks for, and intact in the store.
 * Asks the store, so not to be called within a transaction.
 */
@ApplicationScoped
class CompletionCheck {

    private final Ledger ledger;
    private final ObjectStore store;

    CompletionCheck(Ledger ledger, ObjectStore store) {
        this.ledger = ledger;
        this.store = store;
    }

    /** The outcome as it came, or that the identity has failed, and why, where it is said to be complete and is not. */
    IdentityOutcome checked(IdentityOutcome outcome) {
        if (outcome.outcome() != Outcome.COMPLETE) {
            return outcome;
        }
        OptionalInt images = ledger.imagesAwaited(outcome.run(), outcome.ordinal());
        return images.isEmpty()
                ? outcome
                : fault(outcome, images.getAsInt())
                        .map(fault -> failed(outcome, fault))
                        .orElse(outcome);
    }

    private Optional<String> fault(IdentityOutcome outcome, int images) {
        if (outcome.crops().isEmpty()) {
            return Optional.of("names no crops");
        }
        Crops crops = outcome.crops().get();
        if (!crops.key().equals(outcome.key())) {
            return Optional.of("names the crops of " + crops.key());
        }
        if (crops.pixelSha256().size() != images) {
            return Optional.of("names " + crops.pixelSha256().size() + " crops, the recipe wants " + images);
        }
        String bucket = store.bucketName(Buckets.CROPS);
        String key = Buckets.crops(outcome.run(), outcome.ordinal());
        if (!crops.archive().bucket().equals(bucket) || !crops.archive().key().equals(key)) {
            return Optional.of("names crops at " + crops.archive().bucket() + "/"
                    + crops.archive().key() + ", they belong at " + bucket + "/" + key);
        }
        try {
            store.get(crops.archive());
            return Optional.empty();
        } catch (MissingObjectException | CorruptObjectException e) {
            return Optional.of("names crops that cannot be read: " + e.getMessage());
        }
    }

    private static IdentityOutcome failed(IdentityOutcome outcome, String fault) {
        return new IdentityOutcome(
                outcome.run(),
                outcome.ordinal(),
                outcome.attempt(),
                Outcome.FAILED,
                outcome.stage(),
                "said to be complete, but the outcome " + fault,
                Optional.empty());
    }
}
