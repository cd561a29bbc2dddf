package org.facemill.platform;

/** The run that work belongs to is cancelled or has ended: the work is dropped. */
public final class RunOverException extends RuntimeException {

    RunOverException(String run) {
        super("run " + run + " is over");
    }
}
