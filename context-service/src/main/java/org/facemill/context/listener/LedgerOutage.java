package org.facemill.context.listener;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** Tells transient failures, such as a database that restarts, from statements that would fail again. */
final class LedgerOutage {

    /**
     * Beginnings of SQLSTATE: connection, rollback (deadlock, serialisation), resources, object in use, operator
     * intervention, system error, time-out; and H2's for a database that is closed or cannot be reached.
     */
    private static final Set<String> TRANSIENT =
            Set.of("08", "40", "53", "55", "57", "58", "HYT", "90067", "90098", "90121");

    private LedgerOutage() {}

    static boolean isOne(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return passes(sql);
            }
        }
        return hasTimedOut(failure);
    }

    private static boolean passes(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || failure instanceof SQLNonTransientConnectionException
                // the pool gave no connection in time
                || state == null
                || TRANSIENT.stream().anyMatch(state::startsWith);
    }

    /** A transaction that was rolled back, and by no statement. */
    private static boolean hasTimedOut(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RollbackException) {
                return true;
            }
        }
        return false;
    }
}
