package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.testing.Gate;
import io.cachedconnection.testing.NotedHearing;
import io.cachedconnection.testing.Peer;
import io.cachedconnection.testing.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An invalidation stream of a peer that is no Redis, or sends garbage: it ends, and is made again. */
@Tag("proof")
@SuppressWarnings("try") // a store that only hears
class StreamGarbageTest {

    private static final String CHANGED = ">2\r\n$10\r\ninvalidate\r\n*1\r\n$2\r\nc:\r\n";

    private final NotedHearing heard = new NotedHearing(Duration.ofMillis(400));

    /** Begins like Redis, and says {@code text} before each answer from then on. */
    private static Peer saying(AtomicReference<String> text) {
        return saying(text::get);
    }

    private static Peer saying(Supplier<String> text) {
        return Peer.greeting((request, out) -> {
            if (request.contains("HELLO")) {
                write(out, "%1\r\n$5\r\nproto\r\n:3\r\n");
            } else if (request.contains("CLIENT")) {
                write(out, "+OK\r\n");
            } else if (request.contains("SUBSCRIBE")) {
                write(out, ">3\r\n$9\r\nsubscribe\r\n$1\r\nx\r\n:1\r\n");
            } else if (request.contains("PTTL")) {
                write(out, ":-2\r\n");
            } else if (request.contains("DEL")) {
                write(out, text.get() + ":0\r\n");
            } else {
                write(out, "-ERR\r\n");
            }
        });
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }

    private JedisStore hearing(Peer peer) {
        JedisStore store =
                new JedisStore(Settings.redis(URI.create("redis://127.0.0.1:" + peer.port())), Duration.ofSeconds(30));
        store.hear(Set.of("c:"), heard);
        return store;
    }

    @Test
    void feed_likeRedis_isHeard() throws Exception {
        AtomicReference<String> text = new AtomicReference<>("");
        try (Peer peer = saying(text);
                JedisStore store = hearing(peer)) {
            heard.awaitBeginning(1);
            text.set(CHANGED + ">2\r\n$10\r\ninvalidate\r\n_\r\n");

            heard.awaitChanged("c:");
            heard.awaitNow();
            assertThat(heard.floods()).isPositive();
            assertThat(heard.endings()).isZero();
        }
    }

    /** A server may reply to a writer before it tells of the write; by the next round it has. */
    @Test
    void feed_answersOneQuestion_hasNotBegun() throws Exception {
        List<Long> asked = new CopyOnWriteArrayList<>();
        List<Gate> gates = List.of(new Gate(), new Gate(), new Gate(), new Gate());
        gates.get(0).open();
        try (Peer peer = saying(() -> {
                    asked.add(System.nanoTime());
                    gates.get(Math.min(asked.size(), gates.size()) - 1).pass();
                    return "";
                });
                JedisStore store = hearing(peer)) {
            heard.await(() -> asked.size() == 2, "asked again");
            assertThat(heard.beginnings()).isZero();
            gates.get(1).open();

            heard.awaitBeginning(1);
            assertThat(heard.proven() - asked.get(0)).isNegative();
            gates.get(2).open();
            heard.await(() -> heard.proven() - asked.get(0) > 0, "proven");
            assertThat(heard.proven() - asked.get(1)).isNegative();
            gates.get(3).open();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ">0\r\n",
                ">-1\r\n",
                ">-5\r\n",
                ">x\r\n",
                ">1\r\n$10\r\ninvalidate\r\n",
                ">1\r\n:1\r\n",
                ">2\r\n$10\r\ninvalidate\r\n:5\r\n",
                ">2\r\n$10\r\ninvalidate\r\n$1\r\nx\r\n",
                ">2\r\n$10\r\ninvalidate\r\n*1\r\n:5\r\n",
                ">2\r\n$10\r\ninvalidate\r\n*1\r\n*1\r\n$1\r\nx\r\n",
                ">2\r\n$10\r\ninvalidate\r\n$2147483647\r\n",
                ">2\r\n$10\r\ninvalidate\r\n*2147483647\r\n",
                ">3\r\n$10\r\ninvalidate\r\n*0\r\n*0\r\n",
                ">2\r\n$6\r\nchange\r\n*1\r\n$2\r\nc:\r\n",
                ">3\r\n$7\r\nmessage\r\n$1\r\nx\r\n$1\r\nx\r\n",
                ">2147483647\r\n",
                ":0\r\n",
                ":1\r\n",
                "+OK\r\n",
                "$-1\r\n",
                "_\r\n",
                "-ERR unknown\r\n",
                "-READONLY You can't\r\n",
                "-MOVED 1 127.0.0.1:1\r\n",
                "\0\0",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
            })
    void feed_saysWhatRedisDoesNot_endsAndIsMadeAnew(String garbage) throws Exception {
        AtomicReference<String> text = new AtomicReference<>("");
        try (Peer peer = saying(text);
                JedisStore store = hearing(peer)) {
            heard.awaitBeginning(1);
            text.set(garbage);
            long since = System.nanoTime();
            heard.awaitEnding(1);
            assertThat(heard.proven() - since).isNegative();
            text.set("");

            heard.awaitBeginning(2);
            heard.awaitNow();
        }
    }

    @Test
    void feed_isBottomless_endsAndIsMadeAnew() throws Exception {
        feed_saysWhatRedisDoesNot_endsAndIsMadeAnew("*1\r\n".repeat(200_000));
    }

    @Test
    void feed_saysAnything_isMadeAnewEachTime() throws Exception {
        Random random = new Random(7);
        AtomicReference<String> text = new AtomicReference<>("");
        try (Peer peer = saying(text);
                JedisStore store = hearing(peer)) {
            for (int round = 1; round <= 30; round++) {
                NotedHearing next = new NotedHearing(Duration.ofMillis(400));
                store.hear(Set.of("c:"), next); // again, for the pauses grow
                next.awaitBeginning(1);
                byte[] noise = new byte[40];
                random.nextBytes(noise);
                text.set(">+-:$*_,".charAt(random.nextInt(8)) + new String(noise, ISO_8859_1));
                next.awaitEnding(1);
                text.set("");
                next.awaitBeginning(2);
            }
        }
    }
}
