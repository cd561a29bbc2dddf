package org.facemill.images;

/** A picture that cannot be used. The message names the input, what was expected and the remedy. */
public final class ImageException extends RuntimeException {

    public ImageException(String message) {
        super(message);
    }

    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
