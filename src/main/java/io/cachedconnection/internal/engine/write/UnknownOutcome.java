package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.common.SafeCalls;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a failure whether the failed write may still be committed later, because the client gave up on a statement or
 * commit that the server may continue, or whether the database has refused it. After any other failure the write is over.
 */
public final class UnknownOutcome {

    /** By name, because the application may not contain these classes. */
    private static final Set<String> TELLING = Set.of(
            "java.sql.SQLTransientConnectionException",
            "java.sql.SQLNonTransientConnectionException",
            "java.sql.SQLRecoverableException",
            "java.sql.SQLTimeoutException",
            "java.io.InterruptedIOException", // also a socket timeout
            "java.lang.InterruptedException",
            "java.net.SocketException",
            "java.net.http.HttpTimeoutException",
            "java.nio.channels.ClosedByInterruptException",
            "java.util.concurrent.TimeoutException",
            "jakarta.transaction.HeuristicMixedException",
            "jakarta.transaction.HeuristicRollbackException",
            "jakarta.transaction.SystemException",
            "jakarta.persistence.QueryTimeoutException",
            "com.mongodb.MongoException");

    /** The exceptions of a transaction manager for a failed commit, for any reason. */
    private static final Set<String> ROLLED_BACK = Set.of("jakarta.transaction.RollbackException");

    /** The exceptions beneath which an I/O failure concerns the database, and not a file, for example. */
    private static final Set<String> OF_A_STORE = Set.of(
            "java.sql.SQLException",
            "jakarta.persistence.PersistenceException",
            "jakarta.transaction.TransactionalException",
            "jakarta.ejb.EJBException",
            "jakarta.resource.ResourceException",
            "jakarta.ws.rs.ProcessingException");

    /** Classes of SQL states with which a database reports that it refused the statement. */
    private static final Set<String> REFUSING =
            Set.of("21", "22", "23", "25", "27", "40", "42", "44", "54", "55", "P0");

    /** The refusals of a persistence provider in the flush before the commit. */
    private static final Set<String> REFUSALS = Set.of(
            "jakarta.persistence.OptimisticLockException",
            "jakarta.persistence.PessimisticLockException",
            "jakarta.persistence.LockTimeoutException",
            "jakarta.persistence.EntityExistsException",
            "jakarta.validation.ConstraintViolationException");

    private boolean lost;
    private boolean rolledBack;
    private boolean refused;
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>()); // causes may form a cycle

    private UnknownOutcome(Throwable failure) {
        look(failure, false);
    }

    /** Whether a write that failed with {@code failure} may still be committed. */
    static boolean mayFollow(Throwable failure) {
        return SafeCalls.or(true, () -> {
            UnknownOutcome outcome = new UnknownOutcome(failure);
            return outcome.lost || (outcome.rolledBack && !outcome.refused);
        });
    }

    /** Whether {@code failure} of a commit shows that the database has answered and refused it. */
    public static boolean isRefused(Throwable failure) {
        return SafeCalls.or(false, () -> {
            UnknownOutcome outcome = new UnknownOutcome(failure);
            return outcome.refused && !outcome.lost;
        });
    }

    /** Inspects the causes and the suppressed exceptions, where transaction managers keep the failures of resources. */
    private void look(Throwable failure, boolean ofAStore) {
        if (!seen.add(failure)) {
            return;
        }
        String state = failure instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
        boolean connectionLost = state.startsWith("08") || state.equals("40003") || state.startsWith("57P");
        if (!(failure instanceof ConnectException)) { // otherwise nothing was sent
            lost |= is(failure, TELLING) || connectionLost || (ofAStore && failure instanceof IOException);
        }
        rolledBack |= is(failure, ROLLED_BACK);
        refused |= is(failure, REFUSALS)
                || state.equals("57014")
                || (state.length() == 5 && !connectionLost && REFUSING.contains(state.substring(0, 2)));
        boolean beneathAStore = ofAStore || is(failure, OF_A_STORE);
        Stream.concat(Stream.ofNullable(failure.getCause()), Arrays.stream(failure.getSuppressed()))
                .forEach(each -> look(each, beneathAStore));
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
