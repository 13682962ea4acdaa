package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.redis.CrowdedNode.Outcome;
import io.cachedconnection.testing.Peer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that claim to be longer than any that Redis would give: they cost no memory, and are cut off. */
class BoundedRepliesTest {

    private static final int LITTLE = 24 << 20; // little more than the largest value takes
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Command SHORT = Command.of("GET", "k");
    private static final Command LONG = SHORT.withLongReply();

    private static PooledConnection to(Peer peer) throws Exception {
        WatchedSocket socket = new WatchedSocket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port()));
        socket.setSoTimeout(5_000); // or a reply that is not cut off would be waited for
        ConnectionSettings settings = new ConnectionSettings(Credentials.NONE, null, 0, null);
        return new PooledConnection(JedisConnection.on(socket, settings), socket, ServerIdentity.UNKNOWN);
    }

    private static Exchange exchanged(PooledConnection connection, Command command) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Exchange.Part part = new Exchange.Part(List.of(command), identity -> true);
        Exchange exchange = new Exchange(List.of(part), true, 0, deadline);
        connection.begin(deadline);
        connection.exchange(List.of(exchange));
        return exchange;
    }

    private static String repeated(String reply) {
        return reply.startsWith("twenty times ") ? reply.substring(13).repeat(20) : reply;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2000000000\r\nab",
                "*2000000000\r\n:1\r\n",
                "%2000000000\r\n:1\r\n",
                "~2000000000\r\n:1\r\n",
                ">2000000000\r\n:1\r\n",
                "=2000000000\r\ntxt:a\r\n",
                "twenty times *1000000\r\n",
                "twenty times >1000000\r\n",
                "*2\r\n$16000000\r\n",
                "*100\r\n$70000000\r\n",
                "$4294967299\r\nabc\r\n", // three, if its upper half is lost
                "*1152921504606846976\r\n", // none, if an element counts for sixteen
                "$-5\r\n",
                "*-7\r\n",
                "*-2000000000\r\n"
            })
    void exchange_replyClaimsTooMuch_isGarbageThatTakesNoMemory(String reply) throws Exception {
        try (Peer peer = Peer.answering(repeated(reply).getBytes(US_ASCII))) {
            for (boolean mayBeLong : new boolean[] {false, true}) {
                if (mayBeLong && reply.startsWith("*2\r\n$16")) {
                    continue; // so long may the reply to this one be
                }
                PooledConnection connection = to(peer);
                long before = THREADS.getCurrentThreadAllocatedBytes();

                StoreException failure = catchThrowableOfType(
                        StoreException.class, () -> exchanged(connection, mayBeLong ? LONG : SHORT));

                assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                        .isLessThan(mayBeLong ? LITTLE : LITTLE / 6);
                assertThat(failure.reason()).isEqualTo(Reason.GARBAGE);
                assertThat(connection.isUsable()).isFalse();
                connection.close();
            }
        }
    }

    @Test
    void exchange_largestValue_isRead() throws Exception {
        byte[] value = new byte[StoredEntry.MOST_BYTES + 1];
        try (Peer peer = Peer.greeting((request, out) -> {
            out.write(("$" + value.length + "\r\n").getBytes(US_ASCII));
            out.write(value);
            out.write("\r\n".getBytes(US_ASCII));
        })) {
            PooledConnection connection = to(peer);

            assertThat(exchanged(connection, LONG).reply()).isEqualTo(value);
            assertThat(exchanged(connection, LONG).reply()).isEqualTo(value); // each reply has a bound of its own
            assertThat(connection.isUsable()).isTrue();
            connection.close();
        }
    }

    @Test
    void lookups_repliesClaimTooMuch_areMisses() throws Exception {
        Set<Thread> answering = ConcurrentHashMap.newKeySet(); // one for each connection
        AtomicInteger lookups = new AtomicInteger();
        try (Peer peer = Peer.greeting((request, out) -> {
                    if (request.contains("GETRANGE")) {
                        lookups.incrementAndGet();
                        answering.add(Thread.currentThread());
                    }
                    out.write("$2000000000\r\n".getBytes(US_ASCII));
                });
                CrowdedNode node = new CrowdedNode(peer.port(), 1, null)) {
            Outcome outcome = node.lookUp(1, 5, 1);

            assertThat(outcome.wrong()).isZero();
            assertThat(outcome.loads()).isEqualTo(5);
            assertThat(outcome.hits()).isZero();
            assertThat(lookups.get()).isPositive();
            assertThat(answering).hasSize(lookups.get()); // none was used again
        }
    }
}
