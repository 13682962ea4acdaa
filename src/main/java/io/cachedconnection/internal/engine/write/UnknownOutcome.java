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
 * Tells what a failure says about the write that failed: whether it may still be done, later than now, because the client has
 * given up on a statement or a commit that the server may go on with; or whether the database has refused it. If a method
 * throws anything else, its write is over.
 */
public final class UnknownOutcome {

    /** By name, for the application need not have them. */
    private static final Set<String> TELLING = Set.of(
            "java.sql.SQLTransientConnectionException",
            "java.sql.SQLNonTransientConnectionException",
            "java.sql.SQLRecoverableException",
            "java.sql.SQLTimeoutException",
            "java.io.InterruptedIOException", // a time-out of a socket, too
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

    /** What a transaction manager calls a commit that failed, for any reason. */
    private static final Set<String> ROLLED_BACK = Set.of("jakarta.transaction.RollbackException");

    /** An input or output that failed tells that only beneath one of these: else it is of a file, or the like. */
    private static final Set<String> OF_A_STORE = Set.of(
            "java.sql.SQLException",
            "jakarta.persistence.PersistenceException",
            "jakarta.transaction.TransactionalException",
            "jakarta.ejb.EJBException",
            "jakarta.resource.ResourceException",
            "jakarta.ws.rs.ProcessingException");

    /** Classes of SQL states with which a database answers that it has not done what it was asked to do. */
    private static final Set<String> REFUSING =
            Set.of("21", "22", "23", "25", "27", "40", "42", "44", "54", "55", "P0");

    /** So does a provider of persistence that has found out itself, in the flush before the commit. */
    private static final Set<String> REFUSALS = Set.of(
            "jakarta.persistence.OptimisticLockException",
            "jakarta.persistence.PessimisticLockException",
            "jakarta.persistence.LockTimeoutException",
            "jakarta.persistence.EntityExistsException",
            "jakarta.validation.ConstraintViolationException");

    private boolean lost;
    private boolean rolledBack;
    private boolean refused;
    private final Set<Throwable> seen =
            Collections.newSetFromMap(new IdentityHashMap<>()); // causes go round in circles

    private UnknownOutcome(Throwable failure) {
        look(failure, false);
    }

    /** Whether a write that failed with {@code failure} may still be done. */
    static boolean mayFollow(Throwable failure) {
        return SafeCalls.or(true, () -> {
            UnknownOutcome outcome = new UnknownOutcome(failure);
            return outcome.lost || (outcome.rolledBack && !outcome.refused);
        });
    }

    /** Whether {@code failure}, with which a commit has failed, shows that the database has answered and refused it. */
    public static boolean isRefused(Throwable failure) {
        return SafeCalls.or(false, () -> {
            UnknownOutcome outcome = new UnknownOutcome(failure);
            return outcome.refused && !outcome.lost;
        });
    }

    /** Looks at the causes and at what is suppressed, where transaction managers keep what the resources have thrown. */
    private void look(Throwable failure, boolean ofAStore) {
        if (!seen.add(failure)) {
            return;
        }
        String state = failure instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
        boolean connectionLost = state.startsWith("08") || state.equals("40003") || state.startsWith("57P");
        if (!(failure instanceof ConnectException)) { // else nothing was sent
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
