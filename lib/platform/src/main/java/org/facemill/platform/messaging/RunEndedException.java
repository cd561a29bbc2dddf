package org.facemill.platform.messaging;

/** The run that the work belongs to has failed or was cancelled: the work is dropped. */
public final class RunEndedException extends RuntimeException {

    public RunEndedException(String run) {
        super("run " + run + " has failed or was cancelled");
    }
}
