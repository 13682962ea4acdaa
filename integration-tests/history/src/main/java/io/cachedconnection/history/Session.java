package io.cachedconnection.history;

import io.cachedconnection.internal.core.Outcome;
import io.cachedconnection.internal.core.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A thread's connection to the database, and the transaction on it, which does to the cache what a transaction manager
 * would: before the commit, and after it.
 */
final class Session implements Transaction {

    private static final String ROLLED_BACK_BY_THE_DATABASE = "40";

    private final Connection connection;
    private final Ambush ambush;
    private boolean active;
    private boolean seenToBegin;
    private long begun;
    private @Nullable Completion completion;

    Session(Connection connection, Ambush ambush) {
        this.connection = connection;
        this.ambush = ambush;
    }

    Ambush ambush() {
        return ambush;
    }

    Connection connection() {
        return connection;
    }

    /** Whether there is a transaction. */
    boolean isActive() {
        return active;
    }

    /** When the transaction began, which is before its snapshot. */
    long begun() {
        return begun;
    }

    /** Begins a transaction of which the cache may or may not know the age. */
    void begin(int isolation, boolean seen) throws SQLException {
        begun = System.nanoTime();
        active = true;
        seenToBegin = seen;
        completion = null;
        connection.setTransactionIsolation(isolation);
        connection.setAutoCommit(false);
    }

    /** Whether a transaction manager would have timed it out: on a busy machine anything may take long. */
    boolean isOverdue() {
        return System.nanoTime() - begun > Options.MAX_TRANSACTION_AGE.toNanos() / 2;
    }

    /** Reads something, so that a transaction at REPEATABLE READ has its snapshot. */
    void takeSnapshot() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM hot");
                ResultSet result = statement.executeQuery()) {
            result.next();
        }
    }

    /** Commits; what the cache throws before that rolls back. */
    void commit() throws SQLException {
        beforeCommit();
        ambush.at(Ambush.Point.BEGUN);
        try {
            connection.commit();
        } catch (SQLException e) {
            over(isRollback(e) ? Outcome.ROLLED_BACK : Outcome.COMMITTED);
            throw e;
        }
        ambush.at(Ambush.Point.COMMITTED);
        over(Outcome.COMMITTED);
    }

    private void beforeCommit() throws SQLException {
        if (completion == null) {
            return;
        }
        boolean announced = false;
        try {
            completion.beforeCommit();
            announced = true;
        } finally {
            if (!announced) {
                rollback();
            }
        }
    }

    void rollback() throws SQLException {
        connection.rollback();
        over(Outcome.ROLLED_BACK);
    }

    /** Whether the database has rolled back what it threw this for. */
    static boolean isRollback(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith(ROLLED_BACK_BY_THE_DATABASE);
    }

    private void over(Outcome outcome) throws SQLException {
        Completion told = completion;
        completion = null;
        active = false;
        if (told != null) {
            told.afterCompletion(outcome);
        }
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }

    @Override
    public boolean isCurrent() {
        return active;
    }

    @Override
    public boolean isRollbackOnly() {
        return false;
    }

    @Override
    public @Nullable Duration age() {
        return seenToBegin ? Duration.ofNanos(System.nanoTime() - begun) : null;
    }

    @Override
    public @Nullable Object attachment() {
        return completion;
    }

    @Override
    public void attach(Completion attached) {
        completion = attached;
    }
}
