package io.cachedconnection.servertests;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The server's default database, looked at from outside the application's own code. */
@ApplicationScoped
public class DatabaseProbe {

    private static final String COUNT = """
            select coalesce(sum(execution_count), 0) from information_schema.query_statistics
            where upper(sql_statement) like '%PROVIDER_CONNECTION%'
            and upper(sql_statement) not like '%QUERY_STATISTICS%'
            """;

    // A server may put a connection that can be shared back into the pool while the application still has it.
    @Resource(lookup = "java:comp/DefaultDataSource", shareable = false)
    private DataSource database;

    @Resource
    private ManagedExecutorService executor;

    /** How many statements on the table of connections the database has executed so far, as it counts itself. */
    public long statements() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set query_statistics true");
            try (var result = statement.executeQuery(COUNT)) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** Takes every connection that the server's pool has to give. */
    public HeldConnections holdAll() throws SQLException {
        return HeldConnections.allOf(database, executor);
    }
}
