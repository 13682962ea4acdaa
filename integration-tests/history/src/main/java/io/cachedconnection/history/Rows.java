package io.cachedconnection.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** The hot rows as one session sees them. A load takes up to 20 ms, before it looks and after. */
final class Rows {

    private static final long LONGEST_LOAD = 20_000_000;

    private final Session session;

    Rows(Session session) {
        this.session = session;
    }

    Row load(int key) throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long time = random.nextLong(LONGEST_LOAD);
        long before = random.nextBoolean() ? 0 : random.nextLong(time + 1);
        LockSupport.parkNanos(before);
        Row row = select(key);
        LockSupport.parkNanos(time - before);
        return row;
    }

    private Row select(int key) throws SQLException {
        try (PreparedStatement statement =
                session.connection().prepareStatement("SELECT version, write FROM hot WHERE id = ?")) {
            statement.setInt(1, key);
            return row(statement);
        }
    }

    /** The new row, which is not committed yet. */
    Row update(int key, long write) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(UPDATE)) {
            statement.setLong(1, write);
            statement.setInt(2, key);
            return row(statement);
        }
    }

    private static final String UPDATE = """
            WITH changed AS (UPDATE hot SET version = version + 1, write = ? WHERE id = ? RETURNING id, version, write)
            INSERT INTO committed SELECT id, version, write FROM changed RETURNING version, write
            """;

    private static Row row(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            if (!result.next()) {
                throw new IllegalStateException("Every hot row is there.");
            }
            return new Row(result.getLong(1), result.getLong(2));
        }
    }
}
