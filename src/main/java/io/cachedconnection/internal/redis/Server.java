package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.Breaker;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * One server: sends it commands and gets its replies, in bounded time, and knows whether it is worth asking. Thread-safe.
 */
final class Server implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Server.class.getName());
    private static final Request<Object> PING = raw(Command.PING);
    private static final CommandObject<Object> ASKING = raw(Command.ASKING).command();

    private final String name;
    private final Background background;
    private final TrustedServers trusted;
    private final WirePool pool;
    private final Breaker breaker;
    private final long patience;
    private final AtomicReference<@Nullable ServerIdentity> current = new AtomicReference<>();
    private volatile Runnable replaced = () -> {};
    private volatile boolean closed;

    /**
     * A server to which {@code dialer} makes connections.
     *
     * @param name what its failures are told by; blank where there is no other
     */
    Server(RedisSettings settings, String name, Supplier<Wire> dialer, Background background, TrustedServers trusted) {
        this.name = name;
        this.background = background;
        this.trusted = trusted;
        this.patience = settings.pool().timeout().toNanos();
        this.pool = new WirePool(
                () -> met(dialer.get()),
                background.dialing(),
                settings.pool().minIdle(),
                settings.pool().max());
        this.breaker = new Breaker(settings.breaker(), System::nanoTime);
        background.lookAfter(pool, this::look);
    }

    private static Request<Object> raw(Command command) {
        return Request.of(new CommandObject<>(new CommandArguments(command), Replies.AS_IT_IS));
    }

    /** What people call it; blank where there is no other. */
    String name() {
        return name;
    }

    /** Has {@code task} done each time that its connections turn out to lead to another Redis than before. */
    void whenReplaced(Runnable task) {
        replaced = task;
    }

    /** Whether its connections lead to this Redis, as far as is known. */
    boolean is(ServerIdentity identity) {
        return current.get() == identity;
    }

    /** {@code wire} is new. */
    private Wire met(Wire wire) {
        note(wire.identity());
        return wire;
    }

    /**
     * Takes note of which Redis this is. If it is another one than before, all connections of before are left, including one
     * that is being made: that is simply made again.
     */
    private void note(ServerIdentity found) {
        @Nullable ServerIdentity before = current.getAndSet(found);
        if (before == found) {
            return;
        }
        boolean isReplacement = before != null;
        if (before != null) {
            before.leave();
            pool.renew();
            replaced.run();
        }
        trusted.met(this, found, isReplacement);
    }

    /**
     * Asks on one of the connections which Redis this is. So a master that became a replica is left within a second, although
     * it may keep its connections open. For the background, once a second.
     */
    private void look() {
        if (is(ServerIdentity.UNKNOWN)) {
            return;
        }
        @Nullable Wire idle = pool.borrowIdle();
        if (idle == null && !pool.isOpen()) {
            return;
        }
        long until = System.nanoTime() + patience;
        try {
            Wire wire = idle == null ? pool.borrow(until) : idle;
            try {
                ServerIdentity found = trusted.identity(wire, until);
                if (found != wire.identity()) {
                    wire.distrust();
                }
                note(found);
            } finally {
                pool.giveBackUnused(wire);
            }
            trusted.keepNoted(wire.identity());
        } catch (StoreException | UntrustedException e) {
            LOG.log(Level.DEBUG, () -> "Redis does not say which one it is: " + e.getMessage());
        }
    }

    /**
     * The reply to {@code request}. Tries again where the connection was dead: after a restart of Redis each one is, and
     * shows it only when used.
     *
     * @throws StoreException for every failure, after {@code nanos} at the latest
     * @throws JedisRedirectionException if another server is to be asked
     */
    <T> T call(Request<T> request, long nanos) {
        return noted(() -> exchanged(request, deadline(nanos)));
    }

    /** The same for a server that has not taken over the key wholly: it answers only who was sent to it. */
    <T> T callAsking(Request<T> request, long nanos) {
        return noted(() -> onOne(deadline(nanos), request, true));
    }

    /** The same within the usual time. */
    <T> T ask(CommandObject<T> command) {
        return ask(command, patience);
    }

    /** The reply to a command that any server answers; counts neither for nor against this one. */
    <T> T ask(CommandObject<T> command, long nanos) {
        return exchanged(Request.of(command), deadline(nanos));
    }

    private static long deadline(long nanos) {
        if (nanos <= 0) { // nobody waits for the reply any more, so nothing is sent
            throw new StoreException(Reason.TOO_LATE, "no time is left");
        }
        return System.nanoTime() + Math.max(nanos - Background.TICK, nanos / 2); // the clock may be a tick late
    }

    private <T> T exchanged(Request<T> request, long deadline) {
        try {
            return onOne(deadline, request, false);
        } catch (StoreException e) {
            if (e.reason() != Reason.CONNECTION || !request.isRepeatable()) {
                throw e;
            }
        }
        pool.discardIdle();
        return onOne(deadline, request, false);
    }

    private <T> T onOne(long deadline, Request<T> request, boolean asking) {
        Wire wire = pool.borrow(deadline);
        try {
            if (request.suits(wire.identity())) {
                return run(wire, request, deadline, asking);
            }
        } finally {
            pool.giveBack(wire);
        }
        return onTrusted(deadline, request, asking, wire.identity());
    }

    /** Without a connection meanwhile, for those who find out whether it is trusted need one. */
    private <T> T onTrusted(long deadline, Request<T> request, boolean asking, ServerIdentity identity) {
        @Nullable KeySpace cache = request.cache();
        if (cache == null
                || request.only() != null
                || !(trusted.isSoonTrusted(this, identity, cache, deadline) || request.bears(identity))) {
            throw new UntrustedException();
        }
        Wire wire = pool.borrow(deadline);
        try {
            if (!request.bears(wire.identity())) { // it is another one by now
                throw new UntrustedException();
            }
            return run(wire, request, deadline, asking);
        } finally {
            pool.giveBack(wire);
        }
    }

    private static <T> T run(Wire wire, Request<T> request, long deadline, boolean asking) {
        if (asking) {
            wire.run(ASKING, deadline);
        }
        return wire.run(request.command(), deadline);
    }

    private <T> T noted(Supplier<T> exchange) {
        try {
            T reply = exchange.get();
            breaker.answered();
            return reply;
        } catch (StoreException e) {
            failed(e);
            throw name.isEmpty() ? e : new StoreException(e.reason(), name + ", " + e.getMessage());
        } catch (JedisRedirectionException e) {
            breaker.answered();
            throw e;
        }
    }

    private void failed(StoreException failure) {
        if (failure.reason() == Reason.READ_ONLY) {
            pool.renewSeldom(); // a name may lead to another server by now
        }
        if (failure.reason().isTrouble()) {
            if (breaker.failed()) {
                background.leftAlone().add(this);
                if (closed) { // who still waits when a server goes fails, too, and nobody would ever revive it
                    background.leftAlone().remove(this);
                }
                pool.giveUp(failure);
            }
        } else if (failure.reason().isAboutTheStore()) {
            breaker.answered();
        }
    }

    /** False while it is left alone. */
    boolean isAnswering() {
        return !breaker.isOpen();
    }

    /** If it has been left alone for long enough, asks it whether it answers again. */
    void revive(long nanos) {
        if (breaker.isProbeDue()) {
            exchanged(PING, deadline(nanos));
            background.leftAlone().remove(this); // before it may be added again
            breaker.close();
        }
    }

    /** Replaces every connection, those in use after that. */
    void renew() {
        pool.renew();
    }

    @Override
    public void close() {
        closed = true;
        background.leave(pool);
        pool.close();
        background.leftAlone().remove(this);
    }
}
