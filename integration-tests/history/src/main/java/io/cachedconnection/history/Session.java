package io.cachedconnection.history;

import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.write.Transaction;
import io.cachedconnection.internal.engine.write.Units;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A thread's connection to the database, and the transaction on it, which does to the cache what a transaction manager
 * would: before the commit, and after it.
 */
final class Session implements Transaction {

    /** How long a commit may take that its client may give up on, for each row. */
    static final int LONGEST_COMMIT_MILLIS = 200;

    private static final String ROLLED_BACK_BY_THE_DATABASE = "40";
    private static final String CONNECTION_LOST = "08";

    private final String database;
    private final Ambush ambush;
    private final Units units;
    private final Duration overdue;
    private Connection connection;
    private int patience; // with a commit, in milliseconds; 0 if it has all the time in the world
    private boolean active;
    private Units.@Nullable Handle unit;
    private boolean seenToBegin;
    private long begun;
    private @Nullable Completion completion;

    /** One with the database of this address, whose transactions are to end well before {@code maxAge}. */
    Session(String database, Ambush ambush, Units units, Duration maxAge) throws SQLException {
        this.database = database;
        this.ambush = ambush;
        this.units = units;
        this.overdue = maxAge.dividedBy(3);
        this.connection = Database.connect(database);
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

    /** Whether there is one that a transaction manager would know. */
    boolean isManaged() {
        return active && unit == null;
    }

    /** When the transaction began, which is before its snapshot. */
    long begun() {
        return begun;
    }

    /** How the cache knows of a transaction. */
    enum Knowledge {
        /** Its manager tells, and when it began, too. */
        MANAGED,
        AGE_UNKNOWN,
        /** No manager knows of it, and the program tells. */
        UNIT_OF_WORK
    }

    /** Begins a transaction. */
    void begin(int isolation, Knowledge knowledge) throws SQLException {
        begun = System.nanoTime();
        active = true;
        unit = knowledge == Knowledge.UNIT_OF_WORK ? units.open() : null;
        seenToBegin = knowledge == Knowledge.MANAGED;
        completion = null;
        connection.setTransactionIsolation(isolation);
        connection.setAutoCommit(false);
    }

    /** Whether a transaction manager would have timed it out: on a busy machine anything may take long. */
    boolean isOverdue() {
        return System.nanoTime() - begun > overdue.toNanos();
    }

    /** Reads something, so that a transaction at REPEATABLE READ has its snapshot. */
    void takeSnapshot() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM hot");
                ResultSet result = statement.executeQuery()) {
            result.next();
        }
    }

    /** Has the next commit take so long that its client may give up on it; the database goes on with it. */
    void linger(int millis) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET history.linger = '" + millis + "'");
        }
        patience = 1 + LONGEST_COMMIT_MILLIS / 3;
    }

    /** Goes on with another connection, which has all the time in the world. */
    void reconnect() throws SQLException {
        connection.close();
        connection = Database.connect(database);
        patience = 0;
    }

    void commitImpatiently() throws SQLException {
        connection.setNetworkTimeout(Runnable::run, patience);
        connection.commit();
    }

    /** Commits; what the cache throws before that rolls back. */
    void commit() throws SQLException {
        beforeCommit();
        ambush.at(Ambush.Point.BEGUN);
        try {
            commitImpatiently();
        } catch (SQLException e) {
            over(isRollback(e) ? Outcome.ROLLED_BACK : Outcome.UNKNOWN);
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

    /** Whether it is unknown what the database has done, or will do. */
    static boolean isLost(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith(CONNECTION_LOST);
    }

    private void over(Outcome outcome) throws SQLException {
        Completion told = completion;
        completion = null;
        active = false;
        if (told != null) {
            told.afterCompletion(outcome);
        }
        if (unit != null) {
            unit.end(outcome);
        }
        if (!connection.isClosed()) { // it is, after a commit that was given up on
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
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
