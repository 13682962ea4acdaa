package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.StoreException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * What one caller asks of a server: commands that go in one write, and the reply to the last of them. Made by the thread
 * that waits for it. Its state is guarded by the lock of the {@link Connections}, but for the end, which the leader of its
 * batch announces without it.
 */
final class Exchange {

    /** So many bytes go together, both ways; one that has more goes alone, for it would hold up the others. */
    static final int MOST_BYTES = 64 << 10;

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

    private final List<CommandArguments> commands;
    private final Predicate<ServerIdentity> demand;
    private final boolean isRepeatable;
    private final int bytes;
    private final long deadline;
    private final Thread caller = Thread.currentThread();
    private final long since;

    private volatile State state = State.WAITING;
    private boolean isSecond; // guarded, as the next two
    private @Nullable Wire wire;
    private long appointedAt;
    private ServerIdentity identity = ServerIdentity.UNKNOWN;
    private boolean isDeclined;
    private @Nullable Object reply; // written before the state is OVER, read after; as those two before
    private @Nullable StoreException failure;

    /**
     * One that begins now.
     *
     * @param demand which Redis it may go to
     * @param expectedBytes about how long the replies are
     * @param deadline a moment of {@link System#nanoTime}
     */
    Exchange(
            List<CommandArguments> commands,
            Predicate<ServerIdentity> demand,
            boolean isRepeatable,
            int expectedBytes,
            long deadline) {
        this.commands = commands;
        this.demand = demand;
        this.isRepeatable = isRepeatable;
        this.bytes = expectedBytes + length(commands);
        this.deadline = deadline;
        this.since = System.nanoTime();
    }

    private static int length(List<CommandArguments> commands) {
        int length = 0;
        for (CommandArguments command : commands) {
            for (Rawable argument : command) {
                length += argument.getRaw().length;
            }
        }
        return length;
    }

    List<CommandArguments> commands() {
        return commands;
    }

    /** About how much it sends and receives. */
    int bytes() {
        return bytes;
    }

    /** Whether it goes alone. */
    boolean isHeavy() {
        return bytes > MOST_BYTES;
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
    void leadOn(Wire given, long now) {
        wire = given;
        appointedAt = now;
        state = State.LEADING;
    }

    /** When it was given a connection. */
    long appointedAt() {
        return appointedAt;
    }

    /** The connection to lead on. */
    Wire wire() {
        if (wire == null) {
            throw new IllegalStateException("It leads nowhere.");
        }
        return wire;
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

    /** Whether it may go to this Redis. */
    boolean goesTo(ServerIdentity asked) {
        identity = asked;
        isDeclined = !demand.test(asked);
        return !isDeclined;
    }

    /** Whether it was sent nowhere, for its connection led to a Redis that it must not go to. */
    boolean isDeclined() {
        return isDeclined;
    }

    /** The Redis to which its connection led. */
    ServerIdentity identity() {
        return identity;
    }

    /** Takes its replies from {@code line}. True if all of them were refusals. */
    boolean receive(Line line) {
        boolean allRefused = true;
        for (int i = 0; i < commands.size(); i++) {
            try {
                reply = line.received();
                allRefused = false;
            } catch (JedisDataException refusal) {
                reply = refusal;
            }
        }
        return allRefused;
    }

    /** It is over; {@code problem} is null if the replies are to be believed. */
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

    /**
     * The reply to its last command.
     *
     * @throws StoreException for every failure
     * @throws JedisRedirectionException if another server is to be asked
     */
    @Nullable Object reply() {
        if (failure != null) {
            throw failure;
        }
        if (reply instanceof JedisRedirectionException elsewhere) {
            throw elsewhere;
        }
        if (reply instanceof JedisDataException refusal) {
            throw Failures.of(refusal);
        }
        return reply;
    }
}
