package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.Ports;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.testing.FakeTransactions;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.Started;
import io.cachedconnection.testing.TextCodec;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisMonitor;

/** What lookups and writes cost in round trips, as Redis sees them. */
class RoundTripsTest {

    private static final EntryKey KEY = KeySpace.of("c", "").key(Seeds.ARGUMENT);
    private static final String END = "no more of interest";

    private final AtomicInteger writes = new AtomicInteger(); // in which what was sent lately went

    private final RedisProcess redis = RedisProcess.started();
    private final Jedis jedis = new Jedis("127.0.0.1", redis.port());
    private final JedisStore store = new JedisStore(Settings.redis(URI.create(redis.uri())), Duration.ofSeconds(30));
    private final FakeTransactions transactions = new FakeTransactions(System::nanoTime);
    private final Engine engine = new Engine(
            new Ports(
                    store,
                    Settings.nothingNear(),
                    new NotedEvents(),
                    transactions,
                    System::nanoTime,
                    () -> 0,
                    new Tokens()::next,
                    Sleeper.sleeping()),
            Settings.protocol(Duration.ofSeconds(5)));
    private final CacheBinding<String> binding = new CacheBinding<>(
            new Cache("c", Settings::cache, new CacheCounters()),
            new TextCodec(),
            EntryFormat.none(),
            TtlChoice.annotated(null));

    /** After that Redis knows all scripts, and the key has no value. */
    @BeforeEach
    void warmUp() throws Exception {
        put();
        write();
        hit();
        write();
    }

    @AfterEach
    void close() {
        store.close();
        jedis.close();
        redis.close();
    }

    private void hit() throws Exception {
        engine.read(binding, KEY, () -> "a");
    }

    private void write() throws Exception {
        engine.write(List.of(KEY), changes -> null);
    }

    private void put() throws Exception {
        engine.write(List.of(KEY), changes -> {
            changes.replace(KEY, () -> engine.encode(binding, KEY, "b"));
            return null;
        });
    }

    @Test
    void hit_isOne() throws Exception {
        hit();

        assertThat(sentBy(this::hit)).containsExactly("GETRANGE");
    }

    @Test
    void miss_isThree() throws Exception {
        assertThat(sentBy(this::hit)).containsExactly("GETRANGE", "EVALSHA", "EVALSHA");
    }

    @Test
    void write_isTwo() throws Exception {
        assertThat(sentBy(this::write)).containsExactly("EVALSHA", "EVALSHA");
    }

    @Test
    void put_isTwo() throws Exception {
        assertThat(sentBy(this::put)).containsExactly("EVALSHA", "EVALSHA");
        assertThat(sentBy(this::hit)).containsExactly("GETRANGE");
    }

    @Test
    void writeInATransaction_isTwoAtItsCommit() throws Exception {
        transactions.begin();
        assertThat(sentBy(this::write)).isEmpty();

        assertThat(sentBy(() -> transactions.commit(() -> {}))).containsExactly("EVALSHA", "EVALSHA");
    }

    @Test
    void transactionOfManyKeys_isTwoWrites() throws Exception {
        List<Target> keys = IntStream.range(0, 100)
                .<Target>mapToObj(i -> KEY.space().key("k" + i))
                .toList();
        transactions.begin();
        engine.write(keys, changes -> null);
        List<String> sent = sentBy(() -> transactions.commit(() -> {}));

        assertThat(sent).hasSize(200).containsOnly("EVALSHA");
        assertThat(writes).hasValue(2);
    }

    @Test
    void find_forANearCache_isOneWrite() throws Exception {
        hit();

        assertThat(sentBy(() -> store.findEntry(KEY, Duration.ofSeconds(5).toNanos())))
                .containsExactly("PTTL", "GETRANGE", "PTTL");
        assertThat(writes).hasValue(1);
    }

    private interface Action {
        void run() throws Exception;
    }

    /**
     * The commands that Redis gets from its clients in the course of {@code action}; those that scripts call are none, nor
     * are the PINGs that go with a command in one round trip.
     */
    private List<String> sentBy(Action action) throws Exception {
        writes.set(0);
        Set<String> unmarked = new HashSet<>();
        List<String> sent = new CopyOnWriteArrayList<>();
        CountDownLatch listening = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (Jedis ears = new Jedis("127.0.0.1", redis.port())) {
            Started.of(() -> {
                ears.monitor(new JedisMonitor() {
                    @Override
                    public void proceed(Connection connection) {
                        listening.countDown();
                        super.proceed(connection);
                    }

                    @Override
                    public void onCommand(String line) {
                        if (line.contains(END)) {
                            over.countDown();
                        } else if (line.contains("\"PING\"")) { // each write ends with one
                            writes.addAndGet(unmarked.remove(sender(line)) ? 1 : 0);
                        } else if (!line.contains(" lua] ")) {
                            unmarked.add(sender(line));
                            sent.add(line.split("\"", -1)[1].toUpperCase(Locale.ROOT));
                        }
                    }
                });
                return true;
            });
            listening.await();
            action.run();
            jedis.echo(END);
            over.await();
        }
        return sent;
    }

    private static String sender(String line) {
        return line.substring(line.indexOf('['), line.indexOf(']'));
    }
}
