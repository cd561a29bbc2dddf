package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** What flows between services: a small, self-contained record that says what happened or what is to be done. */
public sealed interface Event permits RunEvent, IdentityEvent, VersionEvent, Evaluation, LdmEvent {

    /** The run that this event belongs to. */
    String run();

    /** The key of the Kafka record: {@code run/ordinal} for an identity's events, {@code run} for a run's. */
    @JsonIgnore
    default String key() {
        return run();
    }

    /** What tells this event from others of its type and key: the same event made again has the same. */
    @JsonIgnore
    String discriminator();
}
