package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** An event about one version of a run's dataset. */
public sealed interface VersionEvent extends Event permits DatasetRequest, DatasetSealed, FrProgress, FrModel {

    /** The version of the dataset, from 1. */
    int version();

    @Override
    @JsonIgnore
    default String discriminator() {
        return "v" + version();
    }
}
