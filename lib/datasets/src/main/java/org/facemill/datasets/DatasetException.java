package org.facemill.datasets;

/** A dataset file that cannot be used. The message names the file, what was expected and the remedy. */
public final class DatasetException extends RuntimeException {

    public DatasetException(String message) {
        super(message);
    }

    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
