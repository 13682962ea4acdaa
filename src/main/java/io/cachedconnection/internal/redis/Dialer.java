package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
        // RESP2: every server speaks it, and it needs no greeting before the first command.
        return DefaultJedisClientConfig.builder()
                .resp2()
                .user(settings.username())
                .password(text(settings.password()))
                .database(settings.database())
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .build();
    }

    private static @Nullable String text(@Nullable Secret secret) {
        return secret == null ? null : secret.text();
    }

    /** A connection that is ready for commands; fails after the connect time-out at the latest, but for slow DNS. */
    Wire dial() {
        Socket socket = new Socket();
        Future<?> hangUp =
                clock.schedule(() -> close(socket), settings.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
        AtomicReference<Socket> established = new AtomicReference<>(socket);
        boolean ready = false;
        try {
            Connection connection = new Connection(() -> established.updateAndGet(this::established), login);
            ready = hangUp.cancel(false);
            return new Wire(connection, socket);
        } finally {
            if (!ready) {
                close(socket);
            }
        }
    }

    private Socket established(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(Math.toIntExact(settings.timeout().toMillis()));
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
            socket.connect(address, Math.toIntExact(settings.connectTimeout().toMillis()));
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
            throw new UncheckedIOException(e);
        }
    }
}
