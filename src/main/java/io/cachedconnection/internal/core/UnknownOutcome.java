package io.cachedconnection.internal.core;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the failures after which a write may still be done, later than now: the client has given up on a statement or a
 * commit that the server may go on with. Whatever else a method throws is its own affair, and its write is over.
 */
final class UnknownOutcome {

    private static final int MOST_CAUSES = 50; // causes may go round in circles

    /** By name, for the application need not have them. */
    private static final Set<String> TELLING = Set.of(
            "java.sql.SQLTransientConnectionException",
            "java.sql.SQLNonTransientConnectionException",
            "java.sql.SQLRecoverableException",
            "java.sql.SQLTimeoutException",
            "java.net.SocketException",
            "java.net.SocketTimeoutException",
            "java.net.http.HttpTimeoutException",
            "java.util.concurrent.TimeoutException",
            "jakarta.transaction.HeuristicMixedException",
            "jakarta.transaction.HeuristicRollbackException",
            "jakarta.transaction.RollbackException",
            "jakarta.transaction.SystemException",
            "jakarta.persistence.QueryTimeoutException",
            "com.mongodb.MongoSocketException");

    /** An input or output that failed tells that only beneath one of these: else it is of a file, or the like. */
    private static final Set<String> OF_A_STORE = Set.of(
            "java.sql.SQLException",
            "jakarta.persistence.PersistenceException",
            "jakarta.transaction.TransactionalException",
            "jakarta.ejb.EJBException",
            "jakarta.resource.ResourceException",
            "jakarta.ws.rs.ProcessingException");

    private UnknownOutcome() {}

    /** Whether a write that failed with {@code failure} may still be done. */
    static boolean mayFollow(Throwable failure) {
        return Doubt.or(true, () -> isTold(failure));
    }

    private static boolean isTold(Throwable failure) {
        boolean ofAStore = false;
        Throwable each = failure;
        for (int i = 0; each != null && i < MOST_CAUSES; i++, each = each.getCause()) {
            boolean sent = !(each instanceof ConnectException); // else nothing was
            if (sent && (is(each, TELLING) || isConnectionLost(each) || (ofAStore && each instanceof IOException))) {
                return true;
            }
            ofAStore |= is(each, OF_A_STORE);
        }
        return false;
    }

    /** Many drivers throw the plain exception, with the state of a connection that failed, or of a completion unknown. */
    private static boolean isConnectionLost(Throwable failure) {
        String state = failure instanceof SQLException sql ? sql.getSQLState() : null;
        return state != null && (state.startsWith("08") || state.equals("40003"));
    }

    private static boolean is(Throwable failure, Set<String> names) {
        for (@Nullable Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            if (names.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }
}
