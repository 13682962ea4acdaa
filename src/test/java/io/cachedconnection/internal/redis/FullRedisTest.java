package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** What a Redis that is full, or a fence that is, still lets through: every eviction. */
class FullRedisTest {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final StoredEntry ENTRY = new StoredEntry(new byte[] {1}, Duration.ofMinutes(1));
    private static final EntryKey KEY = KeySpace.of("c", "").key(Seeds.ARGUMENT);

    private final RedisProcess redis = RedisProcess.started("--maxmemory-policy", "noeviction");
    private final Jedis jedis = new Jedis("127.0.0.1", redis.port());
    private final JedisStore store =
            new JedisStore(Settings.redis(URI.create(redis.uri()), Duration.ofSeconds(5)), Duration.ofSeconds(30));

    @BeforeEach
    void store() {
        store.begin(KEY, "setup", NANOS);
        store.endWith(KEY, "setup", Duration.ZERO, ENTRY, NANOS);
        assertThat(store.contains(KEY, NANOS)).isTrue();
    }

    @AfterEach
    void close() {
        store.close();
        jedis.close();
        redis.close();
    }

    private void fill() {
        jedis.configSet("maxmemory", "1"); // less than it uses already
        assertThatThrownBy(() -> jedis.set("more", "x"))
                .isInstanceOf(JedisDataException.class)
                .hasMessageStartingWith("OOM");
    }

    private void diedWriting(String fence, int writers) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < writers; i++) {
            fields.put("w:" + i, "1 1");
        }
        jedis.hset(fence, fields);
    }

    private Verdict verdict() {
        return store.acquire(
                        KEY, new LeaseRequest("L1", Duration.ZERO, Duration.ofSeconds(1), Duration.ofHours(1)), NANOS)
                .verdict();
    }

    @Test
    void evictionOfAll_redisFull_goesThrough() {
        fill();
        store.beginAll(KEY.space(), "W1", NANOS);
        assertThat(store.contains(KEY, NANOS)).isFalse();
        assertThat(verdict()).isEqualTo(Verdict.FENCED);
        store.endAll(KEY.space(), "W1", Outcome.COMMITTED, NANOS);

        assertThat(jedis.hkeys(KEY.space().fence())).containsExactly("evicted");
    }

    /** A pause of an interrupted thread is none: what Redis does not take now would be sent thousands of times. */
    @Test
    void begin_refusedAndInterrupted_isNotSentWithoutPause() {
        jedis.configSet("min-replicas-to-write", "1");
        jedis.configResetStat();
        Thread.currentThread().interrupt();
        Throwable failure = catchThrowable(() -> store.begin(KEY, "W1", NANOS));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED));
        assertThat(jedis.info("commandstats")).contains("cmdstat_evalsha:calls=1,");
    }

    @Test
    void evictionOfAKey_redisFull_goesThrough() {
        fill();
        store.begin(KEY, "W1", NANOS);
        assertThat(store.contains(KEY, NANOS)).isFalse();
        store.end(KEY, "W1", Outcome.COMMITTED, NANOS);
        store.evict(KEY, NANOS);

        assertThat(jedis.hkeys(KEY.fence())).containsExactly("evicted");
    }

    @Test
    void evictionOfATag_redisFull_goesThrough() {
        KeySpace ofTags = KeySpace.ofTags("shop", KeyNames.clear());
        EntryKey tag = ofTags.key("customer:1");
        EntryKey page = KeySpace.of("pages", "shop")
                .stamped(ofTags, false)
                .key(Seeds.ARGUMENT)
                .with(List.of(tag));
        EntryKey count = page.space().key("count").with(List.of(tag));
        for (EntryKey key : List.of(page, count)) {
            store.begin(key, "setup", NANOS);
            store.endWith(key, "setup", Duration.ZERO, envelope(key), NANOS);
            assertThat(store.contains(key, NANOS)).isTrue();
        }
        fill();
        store.begin(tag, "W1", NANOS);
        assertThat(store.contains(page, NANOS)).isFalse();
        assertThat(jedis.hkeys(tag.fence())).contains("w:W1");
        store.end(tag, "W1", Outcome.COMMITTED, NANOS);
        store.evict(tag, NANOS);
        assertThat(store.contains(count, NANOS)).isFalse();

        assertThat(jedis.hkeys(tag.fence())).containsExactly("evicted");
        store.evict(page.space().tags().get(0), NANOS);
        store.beginAll(ofTags, "W2", NANOS); // of a journal without room
        store.endAll(ofTags, "W2", Outcome.COMMITTED, NANOS);
        assertThat(jedis.hkeys(ofTags.fence())).containsExactly("evicted");
    }

    private static StoredEntry envelope(EntryKey key) {
        byte[] payload = new byte[Stamps.PLACE + 2 + key.tags().size() * Stamps.BYTES];
        payload[0] = Stamps.MAGIC;
        payload[1] = Stamps.VERSION;
        payload[Stamps.PLACE] = (byte) key.tags().size();
        return new StoredEntry(payload, Duration.ofMinutes(1));
    }

    @Test
    void endOfAPut_redisFullAndAnotherWriterDied_goesThrough() {
        store.begin(KEY, "W1", NANOS);
        diedWriting(KEY.fence(), 1);
        fill();
        store.endWith(KEY, "W1", Duration.ZERO, ENTRY, NANOS);

        assertThat(jedis.hkeys(KEY.fence())).containsExactly("evicted");
    }

    @Test
    void fence_thousandsOfWritersDied_isCleared() {
        diedWriting(KEY.fence(), 9000);
        diedWriting(KEY.space().fence(), 9000);
        store.evict(KEY, NANOS);
        store.beginAll(KEY.space(), "W1", NANOS);
        store.endAll(KEY.space(), "W1", Outcome.COMMITTED, NANOS);

        assertThat(verdict()).isEqualTo(Verdict.LEASED);
        assertThat(jedis.hlen(KEY.space().fence())).isEqualTo(1);
    }
}
