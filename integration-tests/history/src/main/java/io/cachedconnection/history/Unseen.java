package io.cachedconnection.history;

import io.cachedconnection.history.Event.Kind;
import java.sql.Connection;
import java.sql.SQLException;

/** A transaction that the cache does not know of. */
final class Unseen implements AutoCloseable {

    private final Connection connection;
    private boolean over;

    Unseen(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    Kind over(boolean rolledBack) throws SQLException {
        over = true;
        if (rolledBack) {
            connection.rollback();
            return Kind.ROLLED_BACK;
        }
        connection.commit();
        return Kind.COMMITTED;
    }

    @Override
    public void close() throws SQLException {
        if (!over) {
            connection.rollback();
        }
        connection.setAutoCommit(true);
    }
}
