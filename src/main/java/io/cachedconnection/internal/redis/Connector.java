package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.ConnectionSettings;
import io.cachedconnection.internal.core.Credentials;
import io.cachedconnection.internal.core.HostPort;
import io.cachedconnection.internal.core.PoolSettings;
import io.cachedconnection.internal.core.Secret;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.core.TlsUpgrade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/**
 * Makes connections to Redis, log-in included. Slow by nature (names are looked up, hands are shaken), so it is called
 * on threads of its own and never on a caller's. Thread-safe.
 */
final class Connector {

    private final ConnectionSettings connectionSettings;
    private final PoolSettings limits;
    private final ConnectTimeouts connectTimeouts;

    Connector(ConnectionSettings connectionSettings, PoolSettings limits, ConnectTimeouts connectTimeouts) {
        this.connectionSettings = connectionSettings;
        this.limits = limits;
        this.connectTimeouts = connectTimeouts;
    }

    /**
     * What {@code use} makes of a connection to the first of the host's addresses that gives one. It is over in the time for
     * making a connection, too. Each of the addresses has that time; looking up the name is not part of it.
     */
    <T> T dial(HostPort server, Use<T> use) {
        RuntimeException failure = new IllegalStateException("no address");
        for (InetAddress address : addresses(server.host())) {
            try {
                return dial(
                        new Target(new InetSocketAddress(address, server.port()), server), new WatchedSocket(), use);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** What is done with a connection when it is ready. */
    @FunctionalInterface
    interface Use<T> {
        T of(MarkedConnection markedConnection, WatchedSocket socket);
    }

    /** Where to connect to, and whose certificate is expected there; null for nobody's. */
    private record Target(SocketAddress address, @Nullable HostPort server) {}

    /** What {@code use} makes of a connection to the server behind the Unix socket {@code path}, which is not encrypted. */
    <T> T dial(String path, Use<T> use) {
        return dial(new Target(UnixDomainSocketAddress.of(path), null), UnixSocket.unconnected(), use);
    }

    private static InetAddress[] addresses(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails after the connect time-out at the latest, log-in included. */
    private <T> T dial(Target target, WatchedSocket socket, Use<T> use) {
        boolean ready = false;
        connectTimeouts.impose(socket, limits.connectTimeout().toNanos());
        try {
            MarkedConnection markedConnection = new MarkedConnection(() -> established(socket, target), login());
            markedConnection
                    .ping(); // only to its first command Redis says that it takes no more clients, or is loading
            T used = use.of(markedConnection, socket);
            if (!socket.isClosed()) { // it is kept
                markedConnection.setSoTimeout(Math.toIntExact(limits.timeout().toMillis()));
            }
            ready = connectTimeouts.lift(socket);
            if (!ready) {
                throw new StoreException(Reason.TIMEOUT, "no connection in time");
            }
            return used;
        } catch (RuntimeException e) { // a socket that the curfew has closed says only that it is closed
            throw connectTimeouts.lift(socket) ? e : new StoreException(Reason.TIMEOUT, "no connection in time");
        } finally {
            if (!ready) {
                connectTimeouts.lift(socket);
                ConnectTimeouts.close(socket);
            }
        }
    }

    private Socket established(Socket socket, Target target) {
        @Nullable HostPort server = target.server();
        @Nullable TlsUpgrade tls = connectionSettings.encryption();
        try {
            int connectMillis = Math.toIntExact(limits.connectTimeout().toMillis());
            socket.connect(target.address(), connectMillis);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(connectMillis); // for hand-shake and log-in
            return tls == null || server == null ? socket : tls.encrypted(socket, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JedisClientConfig login() {
        Credentials credentials = connectionSettings.login().current();
        // No HELLO: every server begins with RESP2, which is enough for all but feeds (they send their own), and so a
        // connection costs less.
        return DefaultJedisClientConfig.builder()
                .serverDefaultProtocol()
                .user(credentials.username())
                .password(text(credentials.password()))
                .database(connectionSettings.database())
                .clientName(connectionSettings.clientName())
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .build();
    }

    private static @Nullable String text(@Nullable Secret secret) {
        return secret == null ? null : secret.text();
    }
}
