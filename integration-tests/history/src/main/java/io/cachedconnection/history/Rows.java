package io.cachedconnection.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** The hot rows as one session sees them. A load takes up to 20 ms, before it looks and after. */
final class Rows {

    private static final long LONGEST_LOAD = 20_000_000;
    private static final String SELECT = """
            SELECT version, write FROM unnest(?) WITH ORDINALITY AS wanted (id, place) JOIN hot USING (id) ORDER BY place
            """;
    private static final String UPDATE = """
            WITH changed AS (UPDATE hot SET version = version + 1, write = ? WHERE id = ? RETURNING id, version, write)
            INSERT INTO committed SELECT id, version, write FROM changed RETURNING version, write
            """;

    private final Session session;

    Rows(Session session) {
        this.session = session;
    }

    /** The rows of these {@code keys}, in their order, as they were at one moment. */
    List<Row> load(List<Integer> keys) throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long time = random.nextLong(LONGEST_LOAD);
        long before = random.nextBoolean() ? 0 : random.nextLong(time + 1);
        LockSupport.parkNanos(before);
        List<Row> rows = select(keys);
        LockSupport.parkNanos(time - before);
        return rows;
    }

    private List<Row> select(List<Integer> keys) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(SELECT)) {
            statement.setArray(1, session.connection().createArrayOf("int", keys.toArray()));
            return rows(statement, keys.size());
        }
    }

    /** The new row, which is not committed yet. */
    Row update(int key, long write) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(UPDATE)) {
            statement.setLong(1, write);
            statement.setInt(2, key);
            return rows(statement, 1).get(0);
        }
    }

    private static List<Row> rows(PreparedStatement statement, int number) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(new Row(result.getLong(1), result.getLong(2)));
            }
            if (rows.size() != number) {
                throw new IllegalStateException("Every hot row is there.");
            }
            return List.copyOf(rows);
        }
    }
}
