package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.endpoint.TlsUpgrade;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to Redis, log-in included. Slow by nature (names are looked up, hands are shaken), so it is called
 * on threads of its own and never on a caller's. Thread-safe.
 */
final class Connector {

    /** A way to make connections to one server, or to the one that is the master now. Slow. Thread-safe. */
    interface Route {

        /** What {@code use} makes of a new connection. */
        <T> T dial(Use<T> use);
    }

    /** What is done with a connection when it is ready. */
    @FunctionalInterface
    interface Use<T> {
        T of(JedisConnection connection, WatchedSocket socket);
    }

    private final ConnectionSettings settings;
    private final PoolSettings limits;
    private final ConnectTimeouts timeouts;

    Connector(ConnectionSettings settings, PoolSettings limits, ConnectTimeouts timeouts) {
        this.settings = settings;
        this.limits = limits;
        this.timeouts = timeouts;
    }

    /**
     * What {@code use} makes of a connection to the first of the host's addresses that gives one. It is over in the time for
     * making a connection, too. Each of the addresses has that time; looking up the name is not part of it.
     */
    <T> T dial(HostPort server, Use<T> use) {
        RuntimeException failure = new IllegalStateException("no address");
        try {
            for (InetAddress address : InetAddress.getAllByName(server.host())) {
                try {
                    return dial(new InetSocketAddress(address, server.port()), server, new WatchedSocket(), use);
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
        throw failure;
    }

    /** What {@code use} makes of a connection to the server behind the Unix socket {@code path}, which is not encrypted. */
    <T> T dial(String path, Use<T> use) {
        return dial(UnixDomainSocketAddress.of(path), null, WatchedSocket.ofUnix(), use);
    }

    /** Fails after the connect time-out at the latest, log-in included. {@code server} is who the certificate has to name. */
    private <T> T dial(SocketAddress address, @Nullable HostPort server, WatchedSocket socket, Use<T> use) {
        boolean ready = false;
        timeouts.impose(socket, limits.connectTimeout().toNanos());
        try {
            JedisConnection connection = JedisConnection.on(connected(socket, address, server), settings);
            connection.ping(); // only to its first command Redis says that it takes no more clients, or is loading
            T used = use.of(connection, socket);
            if (!socket.isClosed()) { // it is kept
                connection.setSoTimeout(Math.toIntExact(limits.timeout().toMillis()));
            }
            ready = timeouts.lift(socket);
            if (!ready) {
                throw new StoreException(Reason.TIMEOUT, "no connection in time");
            }
            return used;
        } catch (RuntimeException e) { // a socket that was closed for being late says only that it is closed
            throw timeouts.lift(socket) ? e : new StoreException(Reason.TIMEOUT, "no connection in time");
        } finally {
            if (!ready) {
                timeouts.lift(socket);
                ConnectTimeouts.close(socket);
            }
        }
    }

    private Socket connected(Socket socket, SocketAddress address, @Nullable HostPort server) {
        @Nullable TlsUpgrade tls = settings.encryption();
        try {
            int millis = Math.toIntExact(limits.connectTimeout().toMillis());
            socket.connect(address, millis);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(millis); // for hand-shake and log-in
            return tls == null || server == null ? socket : tls.encrypted(socket, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
