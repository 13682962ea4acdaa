package io.cachedconnection.internal.redis;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/**
 * Makes connections to Redis, log-in included. Slow by nature (names are looked up, hands are shaken), so it is called
 * on threads of its own and never on a caller's. Thread-safe.
 */
final class Dialer {

    private static final Logger LOG = System.getLogger(Dialer.class.getName());

    private final RedisSettings settings;
    private final ScheduledExecutorService clock;
    private final JedisClientConfig login;
    private final SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();

    Dialer(RedisSettings settings, ScheduledExecutorService clock) {
        this.settings = settings;
        this.clock = clock;
        this.login = login(settings);
    }

    private static JedisClientConfig login(RedisSettings settings) {
        // No HELLO: every server begins with RESP2, which has all that is used here, and so a connection costs less.
        return DefaultJedisClientConfig.builder()
                .serverDefaultProtocol()
                .user(settings.username())
                .password(text(settings.password()))
                .database(settings.database())
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .build();
    }

    private static @Nullable String text(@Nullable Secret secret) {
        return secret == null ? null : secret.text();
    }

    /** A connection that is ready for commands, to the first of the host's addresses that gives one. */
    Wire dial() {
        RuntimeException failure = new IllegalStateException("no address");
        for (InetAddress address : addresses()) {
            try {
                return dial(new InetSocketAddress(address, settings.port()));
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private InetAddress[] addresses() {
        try {
            return InetAddress.getAllByName(settings.host());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails after the connect time-out at the latest, log-in included. */
    private Wire dial(InetSocketAddress address) {
        Socket socket = new Socket();
        Future<?> hangUp =
                clock.schedule(() -> close(socket), settings.connectTimeout().toNanos(), NANOSECONDS);
        boolean ready = false;
        try {
            Connection connection = new Connection(() -> established(socket, address), login);
            connection.ping(); // only to its first command Redis says that it takes no more clients, or is loading
            connection.setSoTimeout(Math.toIntExact(settings.timeout().toMillis()));
            ready = hangUp.cancel(false);
            return new Wire(connection, socket);
        } finally {
            if (!ready) {
                close(socket);
            }
        }
    }

    private Socket established(Socket socket, InetSocketAddress address) {
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            int connectMillis = Math.toIntExact(settings.connectTimeout().toMillis());
            socket.setSoTimeout(connectMillis); // for hand-shake and log-in
            socket.connect(address, connectMillis);
            return settings.tls() ? encrypted(socket) : socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket encrypted(Socket socket) throws IOException {
        SSLSocket encrypted = (SSLSocket) tls.createSocket(socket, settings.host(), settings.port(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must name the host
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A connection to Redis did not close cleanly.", e);
        }
    }
}
