package org.facemill.platform.store;

import io.minio.errors.ErrorResponseException;

/** The object store refused a request for good: a bucket that does not exist, a key that it cannot hold, access denied. */
public final class StoreException extends RuntimeException {

    StoreException(String request, Throwable cause) {
        super("store: " + request + ": " + reason(cause), cause);
    }

    StoreException(String reason) {
        super("store: " + reason);
    }

    private static String reason(Throwable cause) {
        return cause instanceof ErrorResponseException refusal
                ? refusal.response().code() + " " + refusal.errorResponse().code() + ": " + cause.getMessage()
                : cause.toString();
    }
}
