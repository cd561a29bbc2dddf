package org.facemill.evaluator;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.platform.store.ObjectStore;

/** The identities of a version of the dataset. */
final class DatasetMembers {

    private DatasetMembers() {}

    /** The crops of the identities that are complete, by ordinal; the list also tells of those that are not. */
    static List<Crops> read(ObjectStore store, ObjectRef members) {
        try {
            return Arrays.stream(Json.MAPPER.readValue(store.get(members), IdentityOutcome[].class))
                    .filter(identity -> identity.outcome() == Outcome.COMPLETE)
                    .map(identity -> identity.crops()
                            .orElseThrow(() -> new IllegalArgumentException(members.key() + ": identity "
                                    + identity.ordinal() + " is complete and has no crops")))
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    members.key() + " is no list of identities with their crops: " + e.getMessage(), e);
        }
    }
}
