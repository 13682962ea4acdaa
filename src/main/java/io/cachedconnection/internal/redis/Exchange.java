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
 * One caller's request to a server in one write: one or more parts with their replies. Created by the waiting thread. The lock
 * of the {@link ConnectionPool} guards its state, except for the end, which the leader of its batch announces without the lock.
 */
final class Exchange {

    /** The progress of an exchange. */
    enum State {
        /** Waiting for a connection; not sent. */
        WAITING,
        /** Has a connection, on which its caller will lead. */
        LEADING,
        /** Sent in a batch that is under way. */
        SENT,
        /** Has a reply or a failure. */
        OVER,
        /** Its caller has left. */
        LEFT
    }

    /** Commands whose replies belong together. Each part is sent or declined independently of the others. */
    static final class Part {

        private final List<Command> commands;
        private final Predicate<ServerIdentity> demand;
        private final List<@Nullable Object>
                replies; // written before the exchange is OVER, read after, like the next field
        private boolean isDeclined;

        /** Creates a part for a Redis that meets {@code demand}. */
        Part(List<Command> commands, Predicate<ServerIdentity> demand) {
            this.commands = commands;
            this.demand = demand;
            this.replies = new ArrayList<>(commands.size());
        }

        /** Whether it was not sent, because its connection led to a Redis that does not meet its demand. */
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
    private boolean isSecond; // guarded, like the next three
    private @Nullable PooledConnection connection;
    private long appointedAt;
    private long sentAt;
    private ServerIdentity identity = ServerIdentity.UNKNOWN; // written before the state is OVER, read after
    private @Nullable StoreException failure; // written before the state is OVER, read after

    /**
     * Creates an exchange that begins now.
     *
     * @param expectedBytes the expected size of the replies
     * @param deadline a moment of {@link System#nanoTime}
     */
    Exchange(List<Part> parts, boolean isRepeatable, int expectedBytes, long deadline) {
        this.parts = parts;
        this.isRepeatable = isRepeatable;
        int length = expectedBytes;
        for (int i = 0; i < parts.size(); i++) { // an iterator would be garbage of each lookup, also below
            List<Command> commands = parts.get(i).commands;
            for (int j = 0; j < commands.size(); j++) {
                length += commands.get(j).length();
            }
        }
        this.bytes = length;
        this.deadline = deadline;
    }

    /** Returns the number of parts. */
    int size() {
        return parts.size();
    }

    /** Returns the approximate number of bytes that it sends and receives. */
    int bytes() {
        return bytes;
    }

    long deadline() {
        return deadline;
    }

    /** Returns when its caller began to wait. */
    long since() {
        return since;
    }

    State state() {
        return state;
    }

    /** Changes to state {@code next}. */
    void become(State next) {
        state = next;
    }

    /** Lets its caller lead on {@code given}. */
    void leadOn(PooledConnection given, long now) {
        connection = given;
        appointedAt = now;
        state = State.LEADING;
    }

    /** Marks it as sent on {@code used}, led by its caller or another one. */
    void sentOn(PooledConnection used, long now) {
        connection = used;
        sentAt = now;
        state = State.SENT;
    }

    /** Returns how much of its caller's time was left when it was sent. */
    long timeToAnswer() {
        return deadline - sentAt;
    }

    /** Returns when it got a connection. */
    long appointedAt() {
        return appointedAt;
    }

    /** Returns the connection to lead on. */
    PooledConnection connection() {
        if (connection == null) {
            throw new IllegalStateException("It leads nowhere.");
        }
        return connection;
    }

    /**
     * Whether it may be sent again after the last copy was lost: once, and each time that its leader was interrupted, which
     * says nothing about the server.
     */
    boolean mayGoAgain(long now, boolean wasLeaderInterrupted) {
        if (!isRepeatable || (isSecond && !wasLeaderInterrupted) || state != State.SENT || deadline - now <= 0) {
            return false;
        }
        isSecond |= !wasLeaderInterrupted;
        return true;
    }

    /** Adds the parts that suit {@code asked} to {@code to}, which leads there; false if there are none. */
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

    /** Returns the Redis to which its connection led. */
    ServerIdentity identity() {
        return identity;
    }

    /** Reads the replies. True if all of them are refusals. */
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

    /** Ends it; {@code problem} is null if the replies are valid. */
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

    /** Throws the failure of the whole exchange, if it failed. */
    void failOnFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Returns the replies to the commands of {@code part}.
     *
     * @throws StoreException for every failure, also a refused command
     * @throws JedisRedirectionException if another server must be asked
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

    /** Returns the reply to the last command of its only part; throws like {@link #replies}. */
    @Nullable Object reply() {
        List<@Nullable Object> replies = replies(parts.get(0));
        return replies.isEmpty() ? null : replies.get(replies.size() - 1);
    }
}
