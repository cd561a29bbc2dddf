package org.facemill.cli.output;

/** An expected failure of a command: printed as one line, exit code 1. The message names the input and the remedy. */
public final class CommandException extends RuntimeException {

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
