package org.facemill.evaluator;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.util.List;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.platform.ObjectStore;

/** The identities of a version of the dataset. */
final class Members {

    /** One identity and its crops. */
    record Member(long ordinal, Crops crops) {
    }

    private Members() {
    }

    /** The complete identities of the list that an event refers to, by ordinal; it tells of the lost ones too. */
    static List<Member> read(ObjectStore store, ObjectRef members) {
        try {
            List<IdentityOutcome> outcomes = Json.MAPPER.readValue(store.get(members), new TypeReference<>() {
            });
            return outcomes.stream().flatMap(outcome -> outcome.crops().stream())
                    .map(crops -> new Member(crops.ordinal(), crops)).toList();
        } catch (IOException e) {
            throw new IllegalArgumentException(members.key() + " is no list of identities with their crops: " + e.getMessage(), e);
        }
    }
}
