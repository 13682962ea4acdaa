package io.cachedconnection.internal.engine.write;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which failures leave a write open, and which are a method's own affair. */
class UnknownOutcomeTest {

    private static final class DriverTimeout extends SQLTimeoutException {
        private static final long serialVersionUID = 1;
    }

    static Stream<Throwable> open() {
        return Stream.of(
                new SQLTransientConnectionException(),
                new SQLNonTransientConnectionException(),
                new SQLRecoverableException(),
                new DriverTimeout(),
                new SQLException("I/O error", "08006"),
                new SQLException("Completion unknown", "40003"),
                new SQLException("Broken", "XX000", new IOException("Broken pipe")),
                new IllegalStateException(new RuntimeException(new SocketTimeoutException())),
                new SQLException("terminating connection due to administrator command", "57P01"),
                suppressing(new RollbackException(), new SQLException("I/O error", "08006")),
                suppressing(new SQLException("Twice", "23505"), new SQLException("I/O error", "08006")),
                new InterruptedException(),
                new IllegalStateException(new InterruptedIOException()),
                new UncheckedIOException(new ClosedByInterruptException()),
                new HeuristicMixedException(),
                new RollbackException(),
                new SystemException());
    }

    static Stream<Throwable> over() {
        RuntimeException circle = new RuntimeException();
        circle.initCause(new RuntimeException(circle));
        return Stream.of(
                new IllegalArgumentException(),
                new FileNotFoundException(),
                new UncheckedIOException(new IOException()),
                new SQLIntegrityConstraintViolationException("Twice", "23505"),
                new SQLTransientException("Serialization", "40001"),
                new RuntimeException(new ConnectException()),
                circle);
    }

    private static <T extends Throwable> T suppressing(T failure, Throwable suppressed) {
        failure.addSuppressed(suppressed);
        return failure;
    }

    /** Commits that the database has answered. */
    static Stream<Throwable> refused() {
        return Stream.of(
                suppressing(new RollbackException(), new RuntimeException(new SQLException("Twice", "23505"))),
                new RuntimeException(new RollbackException().initCause(new SQLException("Serialization", "40001"))),
                new RollbackException().initCause(new SQLException("Cancelled", "57014")),
                new RollbackException().initCause(new OptimisticLockException()),
                new RollbackException().initCause(new SQLException("A trigger", "P0001")));
    }

    /** Commits that fail for a reason that says nothing about the database. */
    static Stream<Throwable> unanswered() {
        return Stream.concat(
                open(),
                Stream.of(
                        new IllegalStateException(),
                        new SQLException("Broken", "XX000"),
                        new SQLException("Broken"),
                        new SQLException("No space", "53100")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void commit_theDatabaseHasAnswered_isRefusedAndOver(Throwable failure) {
        assertThat(UnknownOutcome.isRefused(failure)).isTrue();
        assertThat(UnknownOutcome.mayFollow(failure)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("unanswered")
    void commit_theDatabaseHasNotAnswered_isNotRefused(Throwable failure) {
        assertThat(UnknownOutcome.isRefused(failure)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("open")
    void failure_theServerMayGoOn_leavesTheWriteOpen(Throwable failure) {
        assertThat(UnknownOutcome.mayFollow(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("over")
    void failure_ofTheMethod_endsTheWrite(Throwable failure) {
        assertThat(UnknownOutcome.mayFollow(failure)).isFalse();
    }
}
