package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** An event about one identity of a run. */
public sealed interface IdentityEvent extends Event permits RoutedEvent, Crops, IdentityOutcome, IdentityEmbeddings {

    /** The identity's number in its run, from 0. */
    long ordinal();

    /** How often the identity was announced before, from 0; a worker hands it on and does nothing else with it. */
    int attempt();

    @Override
    @JsonIgnore
    default String key() {
        return run() + "/" + ordinal();
    }

    @Override
    @JsonIgnore
    default String discriminator() {
        return Integer.toString(attempt());
    }
}
