package org.facemill.cli.machine;

/** The system on this machine cannot start or go on; the message says what to look at. */
public final class MachineException extends RuntimeException {

    public MachineException(String message) {
        super(message);
    }

    public MachineException(String message, Throwable cause) {
        super(message, cause);
    }
}
