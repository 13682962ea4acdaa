package io.cachedconnection.servertests;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** All connections of a pool, held by one thread: whoever needs one now has to wait until this is closed. */
final class HeldConnections implements AutoCloseable {

    private final List<Connection> held = new ArrayList<>();
    private final Future<Connection> waiting;

    private HeldConnections(DataSource pool, ExecutorService executor) throws SQLException {
        Future<Connection> next = executor.submit(() -> pool.getConnection());
        while (arrived(
                next)) { // so there is one for this thread; a server may take back those of threads that are done
            held.add(pool.getConnection());
            next = executor.submit(() -> pool.getConnection());
        }
        this.waiting = next;
    }

    static HeldConnections allOf(DataSource pool, ExecutorService executor) throws SQLException {
        return new HeldConnections(pool, executor);
    }

    int count() {
        return held.size();
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : held) {
            connection.close();
        }
        connection(waiting, 30).close();
    }

    private static boolean arrived(Future<Connection> next) throws SQLException {
        try {
            next.get(1, TimeUnit.SECONDS).close();
            return true;
        } catch (TimeoutException e) {
            return false; // the pool is empty, and this one waits
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The pool gave no connection.", e);
        }
    }

    private static Connection connection(Future<Connection> waiting, int seconds) {
        try {
            return waiting.get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The pool gave no connection.", e);
        }
    }
}
