package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * What one caller asks of a server in one write: one or more parts, each of which has its own replies. Made by the thread
 * that waits for it. Its state is guarded by the lock of the {@link ConnectionPool}, but for the end, which the leader of its
 * batch announces without it.
 */
final class Exchange {

    /** How far it has come. */
    enum State {
        /** Waits for a connection; nothing was sent. */
        WAITING,
        /** Was given a connection, on which its caller is to lead. */
        LEADING,
        /** Part of a batch that is under way. */
        SENT,
        /** Has a reply, or a failure. */
        OVER,
        /** Its caller has gone. */
        LEFT
    }

    /** Commands whose replies belong together; it may be sent although the others of its exchange may not. */
    static final class Part {

        private final List<Command> commands;
        private final Predicate<ServerIdentity> demand;
        private final List<@Nullable Object> replies; // written before the exchange is OVER, read after, as the next
        private boolean isDeclined;

        /** One that goes to each Redis that meets {@code demand}. */
        Part(List<Command> commands, Predicate<ServerIdentity> demand) {
            this.commands = commands;
            this.demand = demand;
            this.replies = new ArrayList<>(commands.size());
        }

        /** Whether it was sent nowhere, for its connection led to a Redis that it must not go to. */
        boolean isDeclined() {
            return isDeclined;
        }
    }

    private final List<Part> parts;
    private final boolean isRepeatable;
    private final int bytes;
    private final long deadline;
    private final Thread caller = Thread.currentThread();
    private final long since = System.nanoTime();

    private volatile State state = State.WAITING;
    private boolean isSecond; // guarded, as the next three
    private @Nullable PooledConnection connection;
    private long appointedAt;
    private long sentAt;
    private ServerIdentity identity = ServerIdentity.UNKNOWN; // written before the state is OVER, read after
    private @Nullable StoreException failure; // as the one above

    /**
     * One that begins now.
     *
     * @param expectedBytes about how long the replies are
     * @param deadline a moment of {@link System#nanoTime}
     */
    Exchange(List<Part> parts, boolean isRepeatable, int expectedBytes, long deadline) {
        this.parts = parts;
        this.isRepeatable = isRepeatable;
        int length = expectedBytes;
        for (int i = 0; i < parts.size(); i++) { // an iterator would be garbage of each lookup, as below
            List<Command> commands = parts.get(i).commands;
            for (int j = 0; j < commands.size(); j++) {
                length += commands.get(j).length();
            }
        }
        this.bytes = length;
        this.deadline = deadline;
    }

    /** How many parts it has. */
    int size() {
        return parts.size();
    }

    /** About how much it sends and receives. */
    int bytes() {
        return bytes;
    }

    long deadline() {
        return deadline;
    }

    /** When its caller began to wait. */
    long since() {
        return since;
    }

    State state() {
        return state;
    }

    /** Goes on to {@code next}. */
    void become(State next) {
        state = next;
    }

    /** Its caller is to lead on {@code given}. */
    void leadOn(PooledConnection given, long now) {
        connection = given;
        appointedAt = now;
        state = State.LEADING;
    }

    /** It goes on {@code used}, whether its caller leads or not. */
    void sentOn(PooledConnection used, long now) {
        connection = used;
        sentAt = now;
        state = State.SENT;
    }

    /** How much of its caller's time was left when it was sent. */
    long timeToAnswer() {
        return deadline - sentAt;
    }

    /** When it was given a connection. */
    long appointedAt() {
        return appointedAt;
    }

    /** The connection to lead on. */
    PooledConnection connection() {
        if (connection == null) {
            throw new IllegalStateException("It leads nowhere.");
        }
        return connection;
    }

    /**
     * Whether it may be sent once more, after the last copy came to nothing: once, and each time that its leader was
     * interrupted, which says nothing about the server.
     */
    boolean mayGoAgain(long now, boolean wasLeaderInterrupted) {
        if (!isRepeatable || (isSecond && !wasLeaderInterrupted) || state != State.SENT || deadline - now <= 0) {
            return false;
        }
        isSecond |= !wasLeaderInterrupted;
        return true;
    }

    /** Adds to {@code to}, which leads to {@code asked}, what may go there; false if that is nothing. */
    boolean send(JedisConnection to, ServerIdentity asked) {
        identity = asked;
        boolean isSent = false;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            part.replies.clear();
            part.isDeclined = !part.demand.test(asked);
            for (int j = 0; j < part.commands.size() && !part.isDeclined; j++) {
                to.addOnce(part.commands.get(j));
                isSent = true;
            }
        }
        return isSent;
    }

    /** The Redis to which its connection led. */
    ServerIdentity identity() {
        return identity;
    }

    /** Takes the replies to what was sent. True if all of them were refusals. */
    boolean receive(JedisConnection from) {
        boolean allRefused = true;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            for (int j = 0; j < part.commands.size() && !part.isDeclined; j++) {
                try {
                    part.replies.add(from.received(part.commands.get(j)));
                    allRefused = false;
                } catch (JedisDataException refusal) {
                    part.replies.add(refusal);
                }
            }
        }
        return allRefused;
    }

    /** It is over; {@code problem} is null if the replies count. */
    void end(@Nullable StoreException problem) {
        failure = problem;
        state = State.OVER;
        wake();
    }

    void wake() {
        if (caller != Thread.currentThread()) {
            LockSupport.unpark(caller);
        }
    }

    /** Throws what it failed with as a whole, if it did. */
    void failOnFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * The replies to the commands of {@code part}.
     *
     * @throws StoreException for every failure, also if one of the commands was refused
     * @throws JedisRedirectionException if another server is to be asked
     */
    List<@Nullable Object> replies(Part part) {
        failOnFailure();
        for (int i = 0; i < part.replies.size(); i++) {
            @Nullable Object reply = part.replies.get(i);
            if (reply instanceof JedisRedirectionException elsewhere) {
                throw elsewhere;
            }
            if (reply instanceof JedisDataException refusal) {
                throw RedisErrors.of(refusal);
            }
        }
        return part.replies;
    }

    /** The reply to the last command of its only part, or its failure, as above. */
    @Nullable Object reply() {
        List<@Nullable Object> replies = replies(parts.get(0));
        return replies.isEmpty() ? null : replies.get(replies.size() - 1);
    }
}
