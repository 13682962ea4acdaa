package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachedconnection.internal.common.FreshBytes;
import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A connection of Jedis, and the only class that uses parts of Jedis that may differ between its versions.
 *
 * <p>No reply on it is taken for the reply to another command. The protocol of Redis does not say to which command a reply
 * belongs, so a reply that came twice, or too late, would answer the next command. Therefore a PING with a mark of its own
 * follows the commands of each write, and their replies count only when the mark has come back behind them. Used by one thread, or
 * by two, of which one sends and the other receives, one write at a time. Calls of Jedis that wait are written with
 * {@code super}, by which MonitorsTest finds them.
 */
final class JedisConnection extends Connection {

    // Each connection begins with another mark. Written before the commands are flushed, read when their replies are
    // here.
    private volatile long mark =
            ByteBuffer.wrap(new FreshBytes().next(Long.BYTES)).getLong();

    private JedisConnection(Supplier<Socket> socket, DefaultJedisClientConfig login) {
        super(socket::get, login);
    }

    /**
     * Logs in on what {@code socket} returns. Sends no HELLO: every server begins with RESP2, which is enough for all but
     * invalidation streams (they send their own), and so a connection costs less.
     */
    static JedisConnection on(Supplier<Socket> socket, ConnectionSettings settings) {
        Credentials credentials = settings.login().current();
        return new JedisConnection(
                socket,
                DefaultJedisClientConfig.builder()
                        .serverDefaultProtocol()
                        .user(credentials.username())
                        .password(
                                credentials.password() == null
                                        ? null
                                        : credentials.password().text())
                        .database(settings.database())
                        .clientName(settings.clientName())
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                        .build());
    }

    /**
     * Uses, without a server, every part of Jedis that this class needs. Fails, as a rule with a {@link LinkageError}, where the
     * Jedis of the application lacks one of them or does something else.
     */
    static void rehearse() {
        String replies = ">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n:1\r\n-MOVED 1 127.0.0.1:1\r\n";
        Socket answered = new Socket() {
            @Override
            public InputStream getInputStream() {
                return new ByteArrayInputStream(replies.getBytes(US_ASCII));
            }

            @Override
            public OutputStream getOutputStream() {
                return OutputStream.nullOutputStream();
            }

            @Override
            public boolean isConnected() {
                return true;
            }

            @Override
            public boolean isBound() {
                return true;
            }
        };
        JedisConnection connection = on(() -> answered, new ConnectionSettings(Credentials.NONE, null, 0, null));
        List<Object> pushed = new ArrayList<>();
        connection.onPush(pushed::add);
        connection.sendMarked();
        boolean isWell = connection.received().equals(1L) && pushed.size() == 1 && slot(new byte[] {'a'}) == 15_495;
        try {
            connection.received();
        } catch (JedisMovedDataException e) {
            isWell &= target(e).port() == e.getSlot();
            connection.close();
            if (isWell) {
                return;
            }
        }
        throw new IllegalStateException("It does not read replies as expected.");
    }

    /** The slot of {@code key} in a cluster. */
    static int slot(byte[] key) {
        return JedisClusterCRC16.getSlot(key);
    }

    /** Where {@code redirection} leads; the host may be blank. */
    static HostPort target(JedisRedirectionException redirection) {
        @Nullable String host = redirection.getTargetNode().getHost();
        return new HostPort(
                host == null ? "" : host, redirection.getTargetNode().getPort());
    }

    /** Adds {@code command} to the next write. */
    void add(Command command) {
        byte[][] words = command.words();
        super.sendCommand(() -> words[0], Arrays.copyOfRange(words, 1, words.length));
    }

    /** Sends the commands that were added since the last time, and the mark behind them. */
    void sendMarked() {
        mark = next(mark);
        add(Command.of("PING", text()));
        super.flush();
    }

    private static long next(long mark) { // only one thread sends
        return mark + 1;
    }

    private byte[] text() {
        return Long.toHexString(mark).getBytes(US_ASCII);
    }

    /** The next reply, which does not count yet. Pushes are consumed meanwhile. */
    Object received() {
        return super.readProtocolWithCheckingBroken();
    }

    /**
     * Fails unless the mark comes next. A server that refuses everything, because it is loading, say, refuses the PING, too:
     * that is as good if {@code allWereRefused}, for then there is no value that could be the wrong one.
     */
    void expectMark(boolean allWereRefused) {
        try {
            if (received() instanceof byte[] found && Arrays.equals(found, text())) {
                return;
            }
        } catch (JedisDataException refusal) {
            if (allWereRefused) {
                return;
            }
            throw RedisErrors.of(refusal);
        }
        throw new StoreException(Reason.GARBAGE, "an answer to something else");
    }

    /** Sends {@code command} by itself. */
    void send(Command command) {
        add(command);
        sendMarked();
    }

    /** The reply to a command that was, or will be, sent by itself. */
    Object answer() {
        Object reply;
        try {
            reply = received();
        } catch (JedisDataException refusal) {
            expectMark(true);
            throw refusal;
        }
        expectMark(false);
        return reply;
    }

    /** Sends {@code command} by itself, and waits for the reply. */
    Object ask(Command command) {
        send(command);
        return answer();
    }

    /** Sends {@code command} by itself without a mark, for a Sentinel, which would not return it. */
    @Nullable Object askUnmarked(Command command) {
        add(command);
        return super.getOne();
    }

    /** Has {@code consumer} take what the server sends unasked. What it does not take counts as a reply. */
    void onPush(Predicate<List<@Nullable Object>> consumer) {
        addPushConsumer(push -> {
            List<@Nullable Object> parts = push.getMessage().getContent();
            if (parts != null && consumer.test(parts)) {
                push.drop();
            } else {
                push.propagate();
            }
            return push;
        });
    }
}
