package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * One connection to Redis, which is cut when a call on it is overdue. A read time-out would not do: it starts anew with
 * every byte, so a peer that sends them one by one could hold a caller for ever. Used by one caller at a time; only
 * {@link #cutIfOverdue} comes from another thread.
 */
final class Wire {

    private static final long IDLE = Long.MAX_VALUE;
    private static final long CUT = Long.MIN_VALUE;

    private final Connection connection;
    private final Socket socket;
    private final ServerIdentity identity;
    private final AtomicLong deadline = new AtomicLong(IDLE);
    private long idleSince; // guarded by the pool's lock

    /** One to a server of which nobody has to know which it is. */
    Wire(Connection connection, Socket socket) {
        this(connection, socket, ServerIdentity.UNKNOWN);
    }

    Wire(Connection connection, Socket socket, ServerIdentity identity) {
        this.connection = connection;
        this.socket = socket;
        this.identity = identity;
    }

    /** Which Redis it led to when it was made. */
    ServerIdentity identity() {
        return identity;
    }

    /**
     * Runs {@code command}; if that is not over at {@code until}, a moment of {@link System#nanoTime}, it fails.
     *
     * @throws StoreException for every failure
     * @throws JedisRedirectionException if another server is to be asked
     */
    <T> T run(CommandObject<T> command, long until) {
        deadline.set(until);
        boolean whole = false;
        try {
            T reply = connection.executeCommand(command);
            whole = true;
            return reply;
        } catch (JedisRedirectionException elsewhere) {
            whole = true;
            throw elsewhere;
        } catch (JedisDataException refusal) {
            whole = true; // that is a reply, too
            throw Failures.of(refusal);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            // A peer that is not Redis can announce any depth and any length, hence the errors.
            throw deadline.get() == CUT
                    ? new StoreException(Reason.TIMEOUT, "no answer in time")
                    : Failures.of(failure);
        } finally {
            if (!whole) {
                distrust(); // whatever it was: what is left of the reply would answer the next command
            }
            // Not idle again if it was cut in the same moment: then it stays cut and is never used again.
            deadline.compareAndSet(until, IDLE);
        }
    }

    void cutIfOverdue(long now) {
        long until = deadline.get();
        boolean waiting = until != IDLE && until != CUT;
        if (waiting && now - until >= 0 && deadline.compareAndSet(until, CUT)) {
            close();
        }
    }

    /** Nothing may be asked on it any more. */
    void distrust() {
        connection.setBroken();
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    boolean isUsable() {
        return deadline.get() == IDLE && !connection.isBroken();
    }

    void idleSince(long now) {
        idleSince = now;
    }

    long idleSince() {
        return idleSince;
    }

    /** Closes the socket itself: that ends a read in another thread at once, which closing the connection may not. */
    void close() {
        Curfew.close(socket);
    }
}
