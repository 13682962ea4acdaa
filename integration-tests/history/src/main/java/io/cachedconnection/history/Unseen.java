package io.cachedconnection.history;

import io.cachedconnection.history.Event.Kind;
import java.sql.Connection;
import java.sql.SQLException;

/** A transaction that the cache does not know of. */
final class Unseen implements AutoCloseable {

    private final Session session;
    private final Connection connection;
    private boolean over;

    Unseen(Session session) throws SQLException {
        this.session = session;
        connection = session.connection();
        connection.setAutoCommit(false);
    }

    Kind over(boolean rolledBack) throws SQLException {
        over = true;
        if (rolledBack) {
            connection.rollback();
            return Kind.ROLLED_BACK;
        }
        session.commitImpatiently();
        return Kind.COMMITTED;
    }

    @Override
    public void close() throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        if (!over) {
            connection.rollback();
        }
        connection.setAutoCommit(true);
    }
}
