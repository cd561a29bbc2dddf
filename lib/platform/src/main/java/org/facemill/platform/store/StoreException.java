package org.facemill.platform.store;

/** The object store refused a request for good, such as for a bucket's name that it does not allow. */
public final class StoreException extends RuntimeException {

    StoreException(String request, Throwable cause) {
        super("store: " + request + ": " + cause.getMessage(), cause);
    }
}
