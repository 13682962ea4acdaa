package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
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
    private final Lane lookups;
    private final Lane writes;
    private final long patience;
    private final Map<KeySpace, Integer> lengths = new ConcurrentHashMap<>(); // of values, where some were long lately
    private final AtomicReference<@Nullable ServerIdentity> current = new AtomicReference<>();
    private volatile Runnable replaced = () -> {};

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
        this.lookups = lane(Purpose.LOOKUP, settings, settings.pool().max(), dialer);
        this.writes = lane(Purpose.WRITE, settings, Lane.MOST_OF_WRITES, dialer);
        long longer = settings.pool().connectTimeout().toNanos(); // a slow answer need not cut off the writes
        background.lookAfter(lookups.connections(), () -> look(lookups, patience));
        background.lookAfter(writes.connections(), () -> look(writes, longer));
    }

    private Lane lane(Purpose purpose, RedisSettings settings, int most, Supplier<Wire> dialer) {
        Supplier<Wire> met = () -> met(purpose == Purpose.WRITE ? dialer.get().patient() : dialer.get());
        Connections connections = new Connections(met, background.dialing(), background::cutAt, most);
        return new Lane(purpose, connections, settings.breaker(), background.leftAlone());
    }

    private Lane lane(Purpose purpose) {
        return purpose == Purpose.WRITE ? writes : lookups;
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
            renew();
            replaced.run();
        }
        trusted.met(this, found, isReplacement);
    }

    /**
     * Asks on one of the connections of {@code lane} which Redis this is. So a master that became a replica is left within a
     * second, although it may keep its connections open, and a connection that is dead without a word is found before a write
     * is sent on it. For the background, once a second.
     */
    private void look(Lane lane, long nanos) {
        Connections connections = lane.connections();
        if (is(ServerIdentity.UNKNOWN) || !connections.isOpen()) {
            return;
        }
        Exchange exchange =
                new Exchange(List.of(TrustedServers.QUESTION), identity -> true, true, 0, System.nanoTime() + nanos);
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
        return ask(Request.of(command), nanos);
    }

    /** The same for a request. */
    <T> T ask(Request<T> request, long nanos) {
        return exchanged(request, List.of(request.command().getArguments()), deadline(nanos));
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
        if (request.cache() != null && request.purpose() == Purpose.LOOKUP && reply instanceof byte[] value) {
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
        boolean mayBeLong = request.cache() != null && request.purpose() == Purpose.LOOKUP;
        int expected = mayBeLong ? lengths.getOrDefault(request.cache(), 0) : 0;
        Exchange exchange = new Exchange(commands, demand, request.isRepeatable(), expected, deadline);
        lane(request.purpose()).connections().run(exchange);
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

    /** A write is tried again while it has time; an interrupt of its thread does not end it. */
    private <T> T noted(Request<T> request, List<CommandArguments> commands, long nanos) {
        long deadline = deadline(nanos);
        Lane lane = lane(request.purpose());
        boolean wasInterrupted = lane == writes && Thread.interrupted();
        try {
            while (true) {
                try {
                    T reply = exchanged(request, commands, deadline);
                    lane.succeeded();
                    return reply;
                } catch (StoreException e) {
                    if (e.reason() == Reason.READ_ONLY) {
                        lane.connections().renewSeldom(); // a name may lead to another server by now
                    }
                    if (!request.isRepeatable() || !lane.triesAgain(e, deadline)) {
                        lane.failed(e, deadline - nanos);
                        throw name.isEmpty() ? e : new StoreException(e.reason(), name + ", " + e.getMessage());
                    }
                } catch (JedisRedirectionException e) {
                    lane.succeeded();
                    throw e;
                }
                wasInterrupted |= Thread.interrupted();
                LockSupport.parkNanos(Lane.PAUSE);
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** False while it is left alone by who wants this of it. */
    boolean isAnswering(Purpose purpose) {
        return lane(purpose).isAnswering();
    }

    /**
     * If it has been left alone for long enough, finds out whether it answers again: lookups ask, and for writes it is enough
     * that a connection could be made since, which takes the answer to a script.
     */
    void revive(long nanos) {
        if (writes.isProbeDue() && writes.connections().isReady()) {
            writes.revived();
        }
        if (lookups.isProbeDue()) {
            ask(PING, nanos);
            lookups.revived();
        }
    }

    /** Replaces every connection, those in use after that. */
    void renew() {
        lookups.connections().renew();
        writes.connections().renew();
    }

    @Override
    public void close() {
        for (Lane lane : List.of(lookups, writes)) {
            background.leave(lane.connections());
            lane.close();
        }
    }
}
