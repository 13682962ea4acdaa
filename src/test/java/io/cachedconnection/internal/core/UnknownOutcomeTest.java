package io.cachedconnection.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
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
