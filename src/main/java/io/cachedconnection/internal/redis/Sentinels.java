package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Makes connections to the master that the Sentinels name; asks them each time. Slow. Thread-safe. */
final class Sentinels {

    private static final Logger LOG = System.getLogger(Sentinels.class.getName());
    private static final Command ROLE = Command.of("ROLE");
    private static final byte[] MASTER = "master".getBytes(UTF_8);

    private final Endpoint.SentinelEndpoint endpoint;
    private final Connector toSentinel;
    private final Connector toServer;
    private final Command question;
    private final AtomicReference<@Nullable HostPort> last = new AtomicReference<>();
    private volatile Runnable replaced = () -> {};

    Sentinels(Endpoint.SentinelEndpoint endpoint, Connector toSentinel, Connector toServer) {
        this.endpoint = endpoint;
        this.toSentinel = toSentinel;
        this.toServer = toServer;
        this.question = Command.of("SENTINEL", "GET-MASTER-ADDR-BY-NAME", endpoint.master());
    }

    /** Connects to the master, which has confirmed its role, and returns the result of {@code use}. */
    <T> T dialMaster(Connector.Use<T> use) {
        HostPort master = remember(master());
        return toServer.dial(master, (connection, socket) -> {
            check(isMaster(connection), "the Sentinels name a server that is no master");
            T used = use.of(connection, socket);
            check(master.equals(last.get()), "the Sentinels name another master by now");
            return used;
        });
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new StoreException(Reason.CONNECTION, otherwise);
        }
    }

    private HostPort remember(HostPort master) {
        @Nullable HostPort before = last.getAndSet(master);
        if (before != null && !before.equals(master)) {
            replaced.run();
        }
        return master;
    }

    /** Runs {@code task} each time that the Sentinels name another master. */
    void whenReplaced(Runnable task) {
        replaced = task;
    }

    private boolean isMaster(JedisConnection connection) {
        try {
            Object role = connection.ask(ROLE);
            return role instanceof List<?> parts
                    && !parts.isEmpty()
                    && parts.get(0) instanceof byte[] name
                    && Arrays.equals(name, MASTER);
        } catch (JedisDataException e) {
            return RedisErrors.of(e).reason()
                    == Reason.REFUSED; // not permitted to ask: the Sentinels' word must suffice
        }
    }

    /** Checks for another master, once one was named. If no Sentinel answers, the next connection fails. */
    void checkMaster() {
        if (last.get() == null) {
            return;
        }
        try {
            remember(master());
        } catch (RuntimeException e) {
            LOG.log(
                    Level.DEBUG,
                    () -> "No Sentinel names a master: " + RedisErrors.of(e).getMessage());
        }
    }

    private HostPort master() {
        RuntimeException failure = new StoreException(Reason.CONNECTION, "no Sentinel knows this master");
        for (HostPort sentinel : endpoint.addresses()) {
            try {
                Optional<HostPort> master = toSentinel.dial(sentinel, (connection, socket) -> {
                    try {
                        return Optional.ofNullable(ReplyParser.address(connection.askUnmarked(question)));
                    } finally {
                        ConnectTimeouts.close(socket);
                    }
                });
                if (master.isPresent()) {
                    return master.get();
                }
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        throw failure;
    }
}
