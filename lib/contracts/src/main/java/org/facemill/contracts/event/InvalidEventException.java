package org.facemill.contracts.event;

import java.util.List;

/** A record that cannot be read as the event that its topic carries; trying again cannot help. */
public final class InvalidEventException extends RuntimeException {

    public InvalidEventException(EventType expected, List<String> faults) {
        super("no " + expected.ceType() + ": " + String.join("; ", faults));
    }
}
