package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** An event about the training of a generator, which is a run of its own: a {@link RunEvent} of its name can cancel it. */
public sealed interface LdmEvent extends Event permits LdmJob, LdmProgress, LdmModel {

    /** The generator's name: its folder in the models bucket. */
    String model();

    @Override
    @JsonIgnore
    default String discriminator() {
        return model();
    }
}
