package io.cachedconnection.servertests;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.PutConnection;
import io.cachedconnection.servertests.InTransaction.Undone;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Rows of a PostgreSQL in which commits can be lost: in transactions by the server's data source, else by one of its own. */
@ApplicationScoped
public class Accounts {

    /** In a statement of a transaction: its connection is lost before the database has the commit. */
    static final String BEFORE = "loses its commit";

    /** The same, when the database has committed. */
    static final String AFTER = "loses the answer";

    /** The same, but the commit comes through later. */
    static final String LATE = "gives up on its commit";

    /** Nothing is lost. */
    static final String NOTHING = "loses nothing";

    /** In a statement: before it the late commits come through. */
    static final String LATE_COMMITS = "late commits come through";

    static final String PASSWORD = "nothing-secret";

    static final List<String> LOSSES = List.of(BEFORE, AFTER, LATE);

    @Resource(lookup = "java:app/jdbc/accounts")
    private DataSource transactional;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transactions;

    @Resource
    private ManagedExecutorService executor;

    @Inject
    @ConfigProperty(name = "accounts.url")
    private String url;

    @Inject
    private ConnectionCaches caches;

    @Inject
    private Accounts itself;

    private Connection plain() throws SQLException {
        PGSimpleDataSource plain = new PGSimpleDataSource();
        plain.setUrl(url);
        return plain.getConnection("postgres", PASSWORD);
    }

    private Connection connection() throws SQLException {
        boolean within = transactions.getTransactionStatus() == Status.STATUS_ACTIVE;
        return within ? transactional.getConnection() : plain();
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** A new account; its number. */
    public long open(int balance) throws SQLException {
        try (Connection connection = plain();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists accounts (id bigserial primary key, balance int,"
                    + " unique (balance) deferrable initially deferred)");
            try (ResultSet id =
                    statement.executeQuery("insert into accounts (balance) values (" + balance + ") returning id")) {
                id.next();
                return id.getLong(1);
            }
        }
    }

    /** What the account has, in the caller's transaction if there is one. */
    @CachedConnection(cache = "accounts")
    public Integer balance(long id) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement query = connection.prepareStatement("select balance from accounts where id = ?")) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Changes it in a transaction that may lose its commit. */
    @EvictConnection(cache = "accounts")
    @Transactional
    public void change(@CacheKey long id, int balance, String loss) throws SQLException {
        update(id, balance, loss);
    }

    /** The same, and keeps what it has then. */
    @PutConnection(cache = "accounts")
    @Transactional
    public Integer changed(@CacheKey long id, int balance, String loss) throws SQLException {
        update(id, balance, loss);
        return balance;
    }

    private void update(long id, int balance, String loss) throws SQLException {
        try (Connection connection = transactional.getConnection()) {
            run(connection, "select '" + loss + "'", "update accounts set balance = " + balance + " where id = " + id);
        }
    }

    /** Changes it for good in a transaction that is rolled back. */
    @EvictConnection(cache = "accounts")
    @Transactional
    public void changeInVain(@CacheKey long id, int balance) throws SQLException {
        try (Connection connection = plain()) {
            run(connection, "update accounts set balance = " + balance + " where id = " + id);
        }
        throw new Undone();
    }

    /** From now on the caller's transaction sees the database as it is now. */
    public void takeSnapshot(long id) throws SQLException {
        try (Connection connection = transactional.getConnection()) {
            run(
                    connection,
                    "set transaction isolation level repeatable read",
                    "select balance from accounts where id = " + id);
        }
    }

    public void awaitLateCommits() throws SQLException {
        try (Connection connection = plain()) {
            run(connection, "select '" + LATE_COMMITS + "'");
        }
    }

    /** What a lookup outside any transaction gives. */
    public int seenElsewhere(long id) throws Exception {
        return executor.submit(() -> itself.balance(id)).get();
    }

    /** A change by another request. */
    public void changeElsewhere(long id, int balance) throws Exception {
        executor.submit(() -> {
                    itself.change(id, balance, NOTHING);
                    return null;
                })
                .get();
    }

    /** What the cache holds. */
    public Optional<Integer> cached(long id) throws Exception {
        return executor.submit(() ->
                        caches.cache("accounts", Long.class, Integer.class).find(id))
                .get();
    }

    /** Does next to nothing in the caller's transaction. */
    public void touch() throws SQLException {
        try (Connection connection = transactional.getConnection()) {
            run(connection, "select 1");
        }
    }
}
