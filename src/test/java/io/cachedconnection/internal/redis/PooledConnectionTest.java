package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.testing.Peer;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** One connection, and after which batches it may be used again. */
class PooledConnectionTest {

    /** A socket from which nothing but this comes. */
    private static final class FailingSocket extends WatchedSocket {

        private final Throwable failure;

        FailingSocket(Throwable failure) {
            this.failure = failure;
        }

        @Override
        InputStream input() {
            return new InputStream() {
                @Override
                public int read(byte[] bytes, int from, int length) {
                    return read();
                }

                @Override
                public int read() {
                    if (failure instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) failure;
                }
            };
        }

        @Override
        OutputStream output() {
            return new ByteArrayOutputStream();
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public boolean isBound() {
            return true;
        }
    }

    private static PooledConnection pooled(WatchedSocket socket) {
        return new PooledConnection(
                JedisConnection.on(socket, new ConnectionSettings(Credentials.NONE, null, 0, null)),
                socket,
                ServerIdentity.UNKNOWN);
    }

    private static PooledConnection to(Peer peer) throws Exception {
        WatchedSocket socket = new WatchedSocket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port()));
        return pooled(socket);
    }

    private static Exchange get() {
        Exchange.Part part = new Exchange.Part(List.of(Command.of("GET", "k")), identity -> true);
        return new Exchange(List.of(part), true, 0, inAMinute());
    }

    private static long inAMinute() {
        return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    }

    private static void run(PooledConnection connection, Exchange... batch) {
        connection.begin(inAMinute());
        connection.exchange(List.of(batch));
    }

    @Test
    void exchange_answered_staysUsable() throws Exception {
        try (Peer peer = Peer.answering("$1\r\na\r\n".getBytes(US_ASCII))) {
            PooledConnection connection = to(peer);
            Exchange one = get();
            Exchange other = get();
            run(connection, one, other);

            assertThat((byte[]) one.reply()).containsExactly('a');
            assertThat((byte[]) other.reply()).containsExactly('a');
            assertThat(connection.isUsable()).isTrue();
        }
    }

    @Test
    void exchange_refused_staysUsable() throws Exception {
        try (Peer peer = Peer.answering("-ERR no\r\n".getBytes(US_ASCII))) {
            PooledConnection connection = to(peer);
            Exchange refused = get();
            run(connection, refused);

            assertThatThrownBy(refused::reply).isInstanceOf(StoreException.class);
            assertThat(connection.isUsable()).isTrue();
        }
    }

    /** Refuses everything, the mark as well. */
    @Test
    void exchange_allRefusedWithTheMark_isWhole() throws Exception {
        try (Peer peer = refusing(0)) {
            PooledConnection connection = to(peer);
            Exchange refused = get();
            run(connection, refused);

            assertThatThrownBy(refused::reply).hasMessage("it refused: LOADING");
            assertThat(connection.isUsable()).isTrue();
        }
    }

    /** Then nothing shows that the value was for the one who would get it. */
    @Test
    void exchange_valueAndTheMarkRefused_isNotBelieved() throws Exception {
        try (Peer peer = refusing(1)) {
            PooledConnection connection = to(peer);

            assertThatThrownBy(() -> run(connection, get(), get()))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_NOW));
            assertThat(connection.isUsable()).isFalse();
        }
    }

    /** Answers so many commands, and refuses what comes after them. */
    private static Peer refusing(int answers) {
        return Peer.thatIs((in, out) -> {
            byte[] buffer = new byte[8192];
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                int commands = new String(buffer, 0, length, US_ASCII).split("\\*2\r\n", -1).length - 1;
                out.write(
                        ("$1\r\na\r\n".repeat(answers) + "-LOADING\r\n".repeat(commands - answers)).getBytes(US_ASCII));
            }
        });
    }

    static Stream<Throwable> ours() {
        return Stream.of(
                new JedisConnectionException("gone"),
                new ClassCastException(),
                new StackOverflowError(),
                new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("ours")
    void exchange_brokenOff_isNotUsedAgain(Throwable reason) {
        PooledConnection connection = pooled(new FailingSocket(reason));

        assertThatThrownBy(() -> run(connection, get())).isInstanceOf(StoreException.class);
        assertThat(connection.isUsable()).isFalse();
    }

    static Stream<Error> notOurs() {
        return Stream.of(new NoClassDefFoundError(), new InternalError(), new LinkageError());
    }

    @ParameterizedTest
    @MethodSource("notOurs")
    void exchange_brokenOffByTheJvm_isNotUsedAgainAndPassesItOn(Error reason) {
        PooledConnection connection = pooled(new FailingSocket(reason));

        assertThatThrownBy(() -> run(connection, get())).isSameAs(reason);
        assertThat(connection.isUsable()).isFalse();
    }

    @Test
    void earlier_nothingUnderWay_isTheOther() {
        long beforeTheOverflow = Long.MAX_VALUE - 1;

        assertThat(PooledConnection.earlier(PooledConnection.IDLE, Long.MIN_VALUE + 1))
                .isEqualTo(Long.MIN_VALUE + 1);
        assertThat(PooledConnection.earlier(Long.MIN_VALUE + 1, PooledConnection.IDLE))
                .isEqualTo(Long.MIN_VALUE + 1);
        assertThat(PooledConnection.earlier(beforeTheOverflow, Long.MIN_VALUE + 1))
                .isEqualTo(beforeTheOverflow);
    }

    /** The thread that is to read it has not come to run: the reply is used, not dropped. */
    @Test
    void cutIfOverdue_replyHasArrived_leavesTimeToReadIt() throws Exception {
        try (Peer peer = Peer.thatIs((in, out) -> {
            out.write('+');
            out.flush();
            in.read();
        })) {
            WatchedSocket socket = new WatchedSocket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port()));
            PooledConnection connection = pooled(socket);
            while (socket.getInputStream().available() == 0) {
                Thread.onSpinWait();
            }
            long deadline = System.nanoTime();
            connection.begin(deadline);

            long next = connection.cutIfOverdue(deadline);
            assertThat(next).isEqualTo(deadline + TimeoutAttribution.GracePeriod.PAUSE);
            assertThat(connection.isOpen()).isTrue();
            assertThat(connection.cutIfOverdue(deadline + TimeUnit.SECONDS.toNanos(1)))
                    .isEqualTo(PooledConnection.IDLE);
            assertThat(connection.isOpen()).isFalse();
        }
    }
}
