package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.Breaker;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
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
    private static final CommandObject<Object> PING =
            new CommandObject<>(new CommandArguments(Command.PING), Replies.AS_IT_IS);
    private static final CommandArguments ASKING = new CommandArguments(Command.ASKING);
    private static final int LONG_VALUE = 1 << 12;
    private static final int MEMORY = 16;

    private final String name;
    private final Background background;
    private final TrustedServers trusted;
    private final Connections connections;
    private final Breaker breaker;
    private final long patience;
    private final Map<KeySpace, Integer> lengths = new ConcurrentHashMap<>(); // of values, where some were long lately
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
        this.connections = new Connections(
                () -> met(dialer.get()),
                background.dialing(),
                background::cutAt,
                settings.pool().max());
        this.breaker = new Breaker(settings.breaker(), System::nanoTime);
        background.lookAfter(connections, this::look);
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
            connections.renew();
            replaced.run();
        }
        trusted.met(this, found, isReplacement);
    }

    /**
     * Asks on one of the connections which Redis this is. So a master that became a replica is left within a second, although
     * it may keep its connections open. For the background, once a second.
     */
    private void look() {
        if (is(ServerIdentity.UNKNOWN) || !connections.isOpen()) {
            return;
        }
        Exchange exchange =
                new Exchange(List.of(TrustedServers.QUESTION), identity -> true, true, 0, System.nanoTime() + patience);
        try {
            ServerIdentity found = trusted.identity(() -> {
                connections.run(exchange);
                return exchange.reply();
            });
            if (found != exchange.identity()) {
                connections.renew();
            }
            note(found);
            trusted.keepNoted(found);
        } catch (StoreException | UntrustedException e) {
            LOG.log(Level.DEBUG, () -> "Redis does not say which one it is: " + e.getMessage());
        }
    }

    /**
     * The reply to {@code request}. It may be sent again where the connection was dead: after a restart of Redis each one is,
     * and shows it only when used.
     *
     * @throws StoreException for every failure, after {@code nanos} at the latest
     * @throws UntrustedException if the server does not meet the demand of the request
     * @throws JedisRedirectionException if another server is to be asked
     */
    <T> T call(Request<T> request, long nanos) {
        return noted(request, List.of(request.command().getArguments()), nanos);
    }

    /** The same for a server that has not taken over the key wholly: it answers only who was sent to it. */
    <T> T callAsking(Request<T> request, long nanos) {
        return noted(request, List.of(ASKING, request.command().getArguments()), nanos);
    }

    /** The same within the usual time. */
    <T> T ask(CommandObject<T> command) {
        return ask(command, patience);
    }

    /** The reply to a command that any server answers; counts neither for nor against this one. */
    <T> T ask(CommandObject<T> command, long nanos) {
        return exchanged(Request.of(command), List.of(command.getArguments()), deadline(nanos));
    }

    private static long deadline(long nanos) {
        if (nanos <= 0) { // nobody waits for the reply any more, so nothing is sent
            throw new StoreException(Reason.TOO_LATE, "no time is left");
        }
        return System.nanoTime() + nanos;
    }

    private <T> T exchanged(Request<T> request, List<CommandArguments> commands, long deadline) {
        Exchange exchange = exchange(request, request::suits, commands, deadline);
        if (exchange.isDeclined()) {
            @Nullable KeySpace cache = request.cache();
            ServerIdentity identity = exchange.identity();
            if (cache == null
                    || request.only() != null
                    || !(trusted.isSoonTrusted(this, identity, cache, deadline) || request.bears(identity))) {
                throw new UntrustedException();
            }
            exchange = exchange(request, request::bears, commands, deadline);
            if (exchange.isDeclined()) { // it is another one by now
                throw new UntrustedException();
            }
        }
        @Nullable Object reply = exchange.reply();
        if (request.cache() != null && reply instanceof byte[] value) {
            learn(request.cache(), value.length);
        }
        try {
            return request.command().getBuilder().build(reply);
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }

    private Exchange exchange(
            Request<?> request, Predicate<ServerIdentity> demand, List<CommandArguments> commands, long deadline) {
        int expected = request.cache() == null ? 0 : lengths.getOrDefault(request.cache(), 0);
        Exchange exchange = new Exchange(commands, demand, request.isRepeatable(), expected, deadline);
        connections.run(exchange);
        return exchange;
    }

    /** Keeps in mind that values of {@code cache} are long, until many were shorter. */
    private void learn(KeySpace cache, int length) {
        int before = lengths.getOrDefault(cache, 0);
        int now = Math.max(length, before - (before - length) / MEMORY);
        if (now > LONG_VALUE || before > 0) {
            lengths.put(cache, now > LONG_VALUE ? now : 0);
        }
    }

    private <T> T noted(Request<T> request, List<CommandArguments> commands, long nanos) {
        long deadline = deadline(nanos);
        try {
            T reply = exchanged(request, commands, deadline);
            breaker.answered();
            return reply;
        } catch (StoreException e) {
            failed(e, deadline - nanos);
            throw name.isEmpty() ? e : new StoreException(e.reason(), name + ", " + e.getMessage());
        } catch (JedisRedirectionException e) {
            breaker.answered();
            throw e;
        }
    }

    /** A call has failed that began at {@code since}. */
    private void failed(StoreException failure, long since) {
        if (failure.reason() == Reason.READ_ONLY) {
            connections.renewSeldom(); // a name may lead to another server by now
        }
        if (failure.reason().isTrouble()) {
            if (breaker.failed(since)) {
                background.leftAlone().add(this);
                if (closed) { // who still waits when a server goes fails, too, and nobody would ever revive it
                    background.leftAlone().remove(this);
                }
                connections.giveUp(failure);
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
            ask(PING, nanos);
            background.leftAlone().remove(this); // before it may be added again
            breaker.close();
        }
    }

    /** Replaces every connection, those in use after that. */
    void renew() {
        connections.renew();
    }

    @Override
    public void close() {
        closed = true;
        background.leave(connections);
        connections.close();
        background.leftAlone().remove(this);
    }
}
