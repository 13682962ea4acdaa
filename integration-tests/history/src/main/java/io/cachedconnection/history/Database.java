package io.cachedconnection.history;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A PostgreSQL of this run's own, in Docker or else embedded. Each committed write leaves its mark in it, so that what was
 * committed is never in doubt.
 */
final class Database implements AutoCloseable {

    private static final String IMAGE = "postgres:15";
    private static final String PASSWORD = "history"; // of a server on loopback that lives as long as the test
    private static final String SCHEMA = """
            CREATE TABLE hot (id int PRIMARY KEY, version bigint NOT NULL, write bigint NOT NULL);
            CREATE TABLE committed (id int, version bigint, write bigint, PRIMARY KEY (id, version));
            CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              PERFORM pg_sleep(current_setting('history.linger')::float / 1000);
              IF current_setting('history.linger')::int % 4 = 0 THEN
                RAISE EXCEPTION 'Refused after all.' USING ERRCODE = '40000';
              END IF;
              RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON committed DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
              WHEN (current_setting('history.linger', true) <> '') EXECUTE FUNCTION linger();
            """;

    private final String url;
    private final Closeable server;

    private Database(String url, Closeable server) {
        this.url = url;
        this.server = server;
    }

    static Database started() throws IOException, SQLException {
        Database database = DockerClientFactory.instance().isDockerAvailable() ? inDockerElseEmbedded() : embedded();
        try (Connection connection = patiently(database.url);
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            for (int key = 0; key < Options.HOT_KEYS; key++) {
                statement.execute("INSERT INTO hot VALUES (" + key + ", 0, 0)");
                statement.execute("INSERT INTO committed VALUES (" + key + ", 0, 0)");
            }
        }
        return database;
    }

    private static Database inDockerElseEmbedded() throws IOException {
        try {
            return inDocker();
        } catch (ContainerLaunchException | ContainerFetchException e) {
            System.out.println("Docker is there, but gives no " + IMAGE + ": " + e.getMessage());
            return embedded();
        }
    }

    @SuppressWarnings("resource") // closed with this
    private static Database inDocker() {
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withEnv("POSTGRES_PASSWORD", PASSWORD)
                .withExposedPorts(5432)
                .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 1));
        container.start();
        String address = container.getHost() + ":" + container.getMappedPort(5432);
        return said(IMAGE + " in Docker", address, container::stop);
    }

    @SuppressWarnings("resource") // closed with this
    private static Database embedded() throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        return said("embedded", "localhost:" + postgres.getPort(), postgres);
    }

    private static Database said(String origin, String address, Closeable server) {
        System.out.println("PostgreSQL: " + origin);
        return new Database("jdbc:postgresql://" + address + "/postgres?user=postgres&password=" + PASSWORD, server);
    }

    String url() {
        return url;
    }

    /** The first connection: some images start their server twice. */
    private static Connection patiently(String url) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                return connect(url);
            } catch (SQLException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url);
    }

    /** The versions that were committed, by the write that made them, for each row. */
    Map<Integer, Set<Row>> committed() throws SQLException {
        Map<Integer, Set<Row>> rows = new HashMap<>();
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT id, version, write FROM committed")) {
            while (result.next()) {
                rows.computeIfAbsent(result.getInt(1), key -> new HashSet<>())
                        .add(new Row(result.getLong(2), result.getLong(3)));
            }
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
