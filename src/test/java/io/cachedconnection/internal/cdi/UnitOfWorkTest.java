package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.UnitOfWork;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A repository on a plain data source, whose program begins and commits transactions itself. */
class UnitOfWorkTest {

    /** The database, and the connection of the thread's transaction. */
    @ApplicationScoped
    static class Names {

        private final JdbcDataSource source = new JdbcDataSource();

        @SuppressWarnings("ThreadLocalUsage") // lives as long as its test
        private final ThreadLocal<Connection> transaction = new ThreadLocal<>();

        Names() {
            source.setURL("jdbc:h2:mem:n" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }

        void create() throws SQLException {
            execute(
                    "create table p(id bigint primary key, name varchar(99)); insert into p values (1,'old'),(2,'old')");
        }

        void begin() throws SQLException {
            Connection connection = source.getConnection();
            connection.setAutoCommit(false);
            transaction.set(connection);
        }

        void commit() throws SQLException {
            try (Connection connection = transaction.get()) {
                transaction.remove();
                connection.commit();
            }
        }

        void rollback() throws SQLException {
            try (Connection connection = transaction.get()) {
                transaction.remove();
                connection.rollback();
            }
        }

        private void execute(String statement) throws SQLException {
            Connection joined = transaction.get();
            try (Connection own = joined == null ? source.getConnection() : null) {
                (joined == null ? own : joined).createStatement().execute(statement);
            }
        }

        @CachedConnection(cache = "names")
        public String name(long id) throws SQLException {
            Connection joined = transaction.get();
            try (Connection own = joined == null ? source.getConnection() : null) {
                ResultSet row = (joined == null ? own : joined)
                        .createStatement()
                        .executeQuery("select name from p where id=" + id);
                row.next();
                return row.getString(1);
            }
        }

        @EvictConnection(cache = "names", key = "{id}")
        public void rename(long id, String name) throws SQLException {
            execute("update p set name='" + name + "' where id=" + id);
        }
    }

    private final RunningContainer container = new RunningContainer(Names.class, TransactionsTest.Registry.class);
    private final ConnectionCaches caches = container.bean(ConnectionCaches.class);
    private final Names names = container.bean(Names.class);

    @BeforeEach
    void create() throws Exception {
        names.create();
    }

    @AfterEach
    void close() {
        container.close();
    }

    private static <T> T elsewhere(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task).start();
        return task.get();
    }

    @Test
    void committed_somebodyLooksUpBeforeTheCommit_isSeenAfterIt() throws Exception {
        try (UnitOfWork unit = caches.unitOfWork()) {
            names.begin();
            names.rename(1, "new");
            assertThat(names.name(1)).isEqualTo("new"); // its own write
            assertThat(elsewhere(() -> names.name(1))).isEqualTo("old");
            names.commit();
            unit.committed();
        }

        assertThat(names.name(1)).isEqualTo("new");
        assertThat(container.stored("names:1")).contains("new");
    }

    @Test
    void rolledBack_itsOwnWriteWasLookedUp_isNeverSeen() throws Exception {
        try (UnitOfWork unit = caches.unitOfWork()) {
            names.begin();
            names.rename(1, "dirty");
            names.name(1);
            names.name(2);
            names.rollback();
            unit.rolledBack();
        }

        assertThat(container.stored("names:2")).isNull();
        assertThat(elsewhere(() -> names.name(1))).isEqualTo("old");
        assertThat(container.stored("names:1")).contains("old"); // which costs it nothing
    }

    @Test
    void closed_withoutAWord_isNotCachedForAWhile() throws Exception {
        UnitOfWork unit = caches.unitOfWork();
        names.begin();
        names.rename(1, "dirty");
        names.rollback();
        unit.close();

        assertThat(names.name(1)).isEqualTo("old");
        assertThat(container.stored("names:1")).isNull();
    }

    @Test
    void inUnitOfWork_returns_isCommitted() throws Exception {
        ConnectionCache<Long, String> programmatic = caches.cache("names", Long.class, String.class);
        String name = caches.inUnitOfWork(() -> {
            names.begin();
            programmatic.evict(1L);
            names.rename(1, "new");
            names.commit();
            return "done";
        });

        assertThat(name).isEqualTo("done");
        assertThat(names.name(1)).isEqualTo("new");
        assertThat(container.stored("names:1")).contains("new");
    }

    @Test
    void inUnitOfWork_returnsFromARollback_storesNoPut() throws Exception {
        ConnectionCache<Long, String> programmatic = caches.cache("names", Long.class, String.class);
        caches.inUnitOfWork(() -> {
            names.begin();
            programmatic.put(1L, "never committed");
            names.rollback();
        });

        assertThat(container.stored("names:1")).isNull();
    }

    @Test
    void inUnitOfWork_throws_isOpenOnlyIfItMayStillBeDone() throws Exception {
        caches.inUnitOfWork(() -> names.name(1)); // a unit without a transaction does no harm
        assertThatThrownBy(() -> fail(new IllegalArgumentException("out of stock")))
                .isExactlyInstanceOf(IllegalArgumentException.class);
        names.name(1);
        assertThat(container.stored("names:1")).contains("old");

        assertThatThrownBy(() -> fail(new SQLException(new SocketTimeoutException())))
                .isExactlyInstanceOf(SQLException.class);
        names.name(1);
        assertThat(container.stored("names:1")).isNull();
    }

    private void fail(Exception failure) throws Exception {
        caches.inUnitOfWork(() -> {
            names.begin();
            names.rename(1, "dirty");
            names.rollback();
            throw failure;
        });
    }

    @Test
    void committed_whenItIsOver_isRefused() {
        UnitOfWork unit = caches.unitOfWork();
        unit.committed();
        unit.close();
        unit.close();

        assertThatIllegalStateException()
                .isThrownBy(unit::committed)
                .withMessageStartingWith("CC-0807")
                .satisfies(ScannedLog::thrown);
        assertThatIllegalStateException().isThrownBy(unit::rolledBack);
    }

    @Test
    void write_redisAwayAndFail_isRefusedBeforeTheCommit() throws Exception {
        try (RedisProcess absent = RedisProcess.notStarted();
                RunningContainer away = new RunningContainer(absent, Names.class, TransactionsTest.Registry.class)) {
            Names far = away.bean(Names.class);
            far.create();
            try (UnitOfWork unit = away.bean(ConnectionCaches.class).unitOfWork()) {
                far.begin();
                assertThatThrownBy(() -> far.rename(1, Seeds.VALUE))
                        .isInstanceOf(EvictionRefusedException.class)
                        .hasMessageStartingWith("CC-0802");
                far.rollback();
                unit.rolledBack();
            }
            assertThat(far.name(1)).isEqualTo("old");
        }
    }

    @Test
    void unitOfWork_insideOneThatWasForgotten_isSaid() throws Exception {
        try (LoggedLines log = new LoggedLines();
                RunningContainer hasty = new RunningContainer(
                        "t" + UUID.randomUUID(),
                        Map.of("max-transaction-age", "PT0.101S", "redis.timeout", "PT0.1S"),
                        Names.class,
                        TransactionsTest.Registry.class)) {
            ConnectionCaches its = hasty.bean(ConnectionCaches.class);
            its.unitOfWork(); // forgotten
            long opened = System.nanoTime();
            while (System.nanoTime() - opened < 102_000_000) {
                Thread.onSpinWait();
            }
            its.unitOfWork().close();

            assertThat(log.warnings()).singleElement().asString().startsWith("CC-0808");
        }
    }
}
