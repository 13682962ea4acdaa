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
 * Makes connections to Redis, including login. Slow, because of name lookups and handshakes, so it runs on threads of its own
 * and never on a caller's. Thread-safe.
 */
final class Connector {

    /** Makes connections to one server, or to the current master. Slow. Thread-safe. */
    interface Route {

        /** Makes a connection and returns the result of {@code use}. */
        <T> T dial(Use<T> use);
    }

    /** Uses a connection that is ready. */
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
     * Connects to the first of the host's addresses that accepts, and returns the result of {@code use}, which shares the
     * connect timeout. Each address has the whole timeout; the name lookup is not included.
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

    /** Connects to the Unix socket {@code path}, without encryption, and returns the result of {@code use}. */
    <T> T dial(String path, Use<T> use) {
        return dial(UnixDomainSocketAddress.of(path), null, WatchedSocket.ofUnix(), use);
    }

    /** Connects and logs in within the connect timeout. The certificate must name {@code server}. */
    private <T> T dial(SocketAddress address, @Nullable HostPort server, WatchedSocket socket, Use<T> use) {
        boolean ready = false;
        timeouts.impose(socket, limits.connectTimeout().toNanos());
        try {
            JedisConnection connection = JedisConnection.on(connected(socket, address, server), settings);
            connection.ping(); // Redis reports too many clients or loading only at the first command
            T used = use.of(connection, socket);
            if (!socket.isClosed()) { // the connection is kept
                connection.setSoTimeout(Math.toIntExact(limits.timeout().toMillis()));
            }
            ready = timeouts.lift(socket);
            if (!ready) {
                throw new StoreException(Reason.TIMEOUT, "no connection in time");
            }
            return used;
        } catch (RuntimeException e) { // a socket closed for being late only reports that it is closed
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
            socket.setSoTimeout(millis); // for handshake and login
            return tls == null || server == null ? socket : tls.encrypted(socket, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
