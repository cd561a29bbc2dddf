package org.facemill.platform.store;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.InsufficientDataException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Tells transient failures of one request to the store: no connection, a time-out, an overloaded server. Everything else is
 * final, such as a missing bucket or a refused signature.
 */
final class StoreFailures implements Predicate<Throwable> {

    /** Timeout, too early, too many requests, unavailable in one way or another. */
    private static final Set<Integer> TRANSIENT_STATUS = Set.of(408, 425, 429, 500, 502, 503, 504, 507, 509);

    /** A conflict with another request at the same time, which S3 asks to repeat. */
    private static final Set<String> TRANSIENT_CODES = Set.of("OperationAborted", "ConditionalRequestConflict");

    private static final int INTERNAL_ERROR = 500;

    /** So often a request may end in an internal error before the store is asked whether it serves others. */
    private static final int INTERNAL_ERRORS = 2;

    /** The client tells the status of an answer that is no XML, such as a proxy's, in its message alone. */
    private static final Pattern STATUS = Pattern.compile("Response code: (\\d+)");

    private final BooleanSupplier serves;
    private int internalErrors;

    /**
     * For one request.
     *
     * @param serves whether the store serves another request. An internal error passes where it does not; otherwise the
     *     request is one that this store cannot hold, such as a key too long for the disk below it
     */
    StoreFailures(BooleanSupplier serves) {
        this.serves = serves;
    }

    @Override
    public boolean test(Throwable failure) {
        if (!(failure instanceof StoreException) || !passes(failure.getCause())) {
            return false;
        }
        if (status(failure.getCause()) != INTERNAL_ERROR) {
            internalErrors = 0;
            return true;
        }
        return ++internalErrors <= INTERNAL_ERRORS || !serves.getAsBoolean();
    }

    private static boolean passes(Throwable failure) {
        if (failure instanceof ErrorResponseException refusal
                && TRANSIENT_CODES.contains(refusal.errorResponse().code())) {
            return true;
        }
        return TRANSIENT_STATUS.contains(status(failure))
                || failure instanceof InsufficientDataException
                || lostConnection(failure);
    }

    private static boolean lostConnection(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileSystemException
                    || cause instanceof SSLHandshakeException
                    || cause instanceof SSLPeerUnverifiedException) {
                return false;
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /** The HTTP status that the store answered with; 0 where it did not. */
    private static int status(Throwable failure) {
        if (failure instanceof ErrorResponseException refusal) {
            return refusal.response().code();
        }
        if (failure instanceof ServerException refusal) {
            return refusal.statusCode();
        }
        if (failure instanceof InvalidResponseException) {
            Matcher matcher = STATUS.matcher(failure.getMessage());
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        }
        return 0;
    }
}
