package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.redis.CrowdedNode.Outcome;
import io.cachedconnection.testing.Peer;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Undisturbed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More callers than connections, on a Redis that is well and some way off: a crowd of our own is no outage. */
@Tag("proof")
class CrowdTest {

    private static final int CONNECTIONS = 4;

    private final RedisProcess redis = RedisProcess.started();
    private final AtomicInteger accepted = new AtomicInteger();

    @AfterEach
    void close() {
        redis.close();
    }

    /** Redis, each of whose replies comes so much later. */
    private Peer late(int millis) {
        return Peer.thatIs((in, out) -> {
            accepted.incrementAndGet();
            try (Socket far = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
                far.setTcpNoDelay(true);
                Thread back = new Thread(() -> copyLater(far, out, millis), "late replies");
                back.setDaemon(true);
                back.start();
                in.transferTo(far.getOutputStream());
            }
        });
    }

    /** Hands on what arrives so much later, each piece for itself: pieces that arrive together do not wait for each other. */
    @SuppressWarnings("FutureReturnValueIgnored") // a peer that has gone takes nothing any more
    private static void copyLater(Socket from, OutputStream out, int millis) {
        byte[] buffer = new byte[1 << 16];
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        try (InputStream in = from.getInputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                byte[] piece = Arrays.copyOf(buffer, length);
                writer.schedule(
                        () -> {
                            out.write(piece);
                            out.flush();
                            return null;
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            Thread.currentThread().interrupt(); // this thread ends
        }
        writer.schedule(
                () -> {
                    out.close();
                    return null;
                },
                millis,
                TimeUnit.MILLISECONDS);
        writer.shutdown();
    }

    /** A crowd in which Redis is not said to be lost, and few connections are made: cut and made again, it was 245 a second. */
    private Outcome crowd(CrowdedNode node, int threads, int lookups, int pause) throws Exception {
        return Undisturbed.attempt(() -> {
            int before = accepted.get();
            Outcome outcome = node.lookUp(threads, lookups, pause);
            assertThat(outcome.lost()).isZero();
            assertThat(accepted.get() - before).isLessThanOrEqualTo(4 * CONNECTIONS);
            return outcome;
        });
    }

    /** With one command in each round trip these connections could serve 200 lookups a second; here come some thousands. */
    @Test
    void lookups_farMoreThanConnections_areServedTogether() throws Exception {
        try (Peer slow = late(20);
                CrowdedNode node = new CrowdedNode(slow.port(), CONNECTIONS, null)) {
            node.lookUp(CONNECTIONS, 100, 1);
            Outcome outcome = crowd(node, 300, 20, 100);

            assertThat(outcome.wrong()).isZero();
            assertThat(outcome.hits()).isGreaterThan(300 * 20 * 3 / 4);
        }
    }

    /** Redis answers, but not all of them in time: the rest goes to the repository, and Redis is not said to be lost. */
    @Test
    void lookups_moreThanRedisCanServe_costNoConnectionAndAreNoOutage() throws Exception {
        try (Peer slow = late(40);
                CrowdedNode near = new CrowdedNode(redis.port(), CONNECTIONS, null);
                CrowdedNode node = new CrowdedNode(slow.port(), 1, null)) {
            near.lookUp(CONNECTIONS, 100, 1); // it stores, for which the other one is too far off
            node.lookUp(1, 10, 1);
            Outcome outcome = crowd(node, 400, 20, 100);

            assertThat(outcome.wrong()).isZero();
            assertThat(outcome.hits()).isPositive();
        }
    }

    @Test
    void lookups_bursts_openNoBreaker() throws Exception {
        try (CrowdedNode node = new CrowdedNode(redis.port(), CONNECTIONS, null)) {
            node.lookUp(CONNECTIONS, 100, 0);
            Outcome outcome = new Outcome(0, 0, 0, 0, 0);
            for (int burst = 0; burst < 4; burst++) {
                outcome = crowd(node, 400, 5, 0);
            }

            assertThat(outcome.wrong()).isZero();
            assertThat(outcome.hits()).isGreaterThan(outcome.loads());
        }
    }
}
