package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.testing.Peer;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.Started;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;

/** When a real server, or something in its place, is left alone, and when it is asked again. */
class BreakerOnRedisTest {

    private static final EntryKey KEY = KeySpace.of("c", "").key(Seeds.ARGUMENT);
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LONG = TimeUnit.SECONDS.toNanos(5);
    private static final int FAILURES = 5; // as in Settings

    private static JedisStore storeAt(int port) {
        return new JedisStore(
                Settings.impatient(port, Duration.ZERO), Duration.ofSeconds(30)); // probed at every chance
    }

    /** What became of a call for which Redis had time; on a busy machine the first ones may be sent too late for that. */
    private static StoreException failure(JedisStore store) {
        StoreException failure;
        do {
            failure = catchThrowableOfType(StoreException.class, () -> store.find(KEY, NANOS));
        } while (failure != null && failure.reason() == Reason.CROWDED);
        return failure;
    }

    /** Fails as often as the store bears; its own first call, in the background, may be one of these. */
    private static void open(JedisStore store) {
        for (int i = 1; i < FAILURES; i++) {
            assertThat(store.isAnswering(KEY)).isTrue();
            assertThat(failure(store)).isNotNull();
        }
        if (store.isAnswering(KEY)) {
            assertThat(failure(store)).isNotNull();
        }
        assertThat(store.isAnswering(KEY)).isFalse();
    }

    private static void awaitRevived(JedisStore store) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!store.isAnswering(KEY)) {
            assertThat(System.nanoTime() - deadline).isNegative();
            try {
                store.revive(NANOS);
            } catch (StoreException e) {
                Thread.onSpinWait(); // not yet
            }
        }
    }

    @Test
    void find_redisHangs_isLeftAloneUntilItAnswersAProbe() {
        try (RedisProcess redis = RedisProcess.started();
                JedisStore store = storeAt(redis.port())) {
            store.find(KEY, LONG);
            redis.hang();
            open(store);
            assertThatThrownBy(() -> store.revive(NANOS)).isInstanceOf(StoreException.class);
            assertThat(store.isAnswering(KEY)).isFalse();

            redis.resume();
            awaitRevived(store);
            assertThat(store.find(KEY, LONG)).isNull();
        }
    }

    /** A Redis that has just come back is not met by all callers at once; should it hang again, few wait for it. */
    @Test
    void find_redisHasComeBack_isAskedByAFewAtATime() {
        try (RedisProcess redis = RedisProcess.started();
                JedisStore store = storeAt(redis.port())) {
            store.find(KEY, LONG);
            redis.hang();
            open(store);
            redis.resume();
            awaitRevived(store);
            redis.hang();
            List<Started<StoreException>> all = IntStream.range(0, 20)
                    .mapToObj(i ->
                            Started.of(() -> catchThrowableOfType(StoreException.class, () -> store.find(KEY, NANOS))))
                    .toList();
            // What was loaded is offered all the same: its lease would keep others waiting.
            StoreException offer = catchThrowableOfType(
                    StoreException.class,
                    () -> store.fill(KEY, "T", new StoredEntry(new byte[1], Duration.ofMinutes(1)), NANOS));

            assertThat(all.stream().map(one -> one.result().reason()).filter(Reason.TIMEOUT::equals))
                    .hasSizeLessThan(5);
            assertThat(offer.getMessage()).doesNotContain("a few at a time");
        }
    }

    @Test
    void find_redisIsKilledAndComesBack_isLeftAloneUntilItAnswersAProbe() {
        try (RedisProcess redis = RedisProcess.started();
                JedisStore store = storeAt(redis.port())) {
            store.find(KEY, LONG);
            redis.kill();
            open(store);
            redis.start();

            awaitRevived(store);
            assertThat(store.find(KEY, LONG)).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LOADING Redis is loading the dataset in memory,                        NOT_NOW",
        "BUSY Redis is busy running a script,                                   NOT_NOW",
        "MASTERDOWN Link with MASTER is down,                                   NOT_NOW",
        "CLUSTERDOWN The cluster is down,                                       NOT_NOW",
        "OOM command not allowed when used memory > 'maxmemory',                NOT_NOW",
        "MISCONF Redis is configured to save RDB snapshots,                     NOT_NOW",
        "READONLY You can't write against a read only replica,                  READ_ONLY",
    })
    void find_replyMeansNotNow_isLeftAlone(String reply, Reason reason) throws Exception {
        try (Peer peer = Peer.answering(("-" + reply + "\r\n").getBytes(US_ASCII));
                JedisStore store = storeAt(peer.port())) {
            open(store);
            assertThat(failure(store).reason()).isEqualTo(reason);
        }
    }

    @Test
    void find_keyHoldsAnotherType_isNoTrouble() {
        try (RedisProcess redis = RedisProcess.started();
                JedisStore store = storeAt(redis.port());
                Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            jedis.lpush(KEY.text(), "x");
            for (int i = 0; i < FAILURES * 2; i++) {
                store.find(KEY, LONG);
                jedis.scriptFlush(); // nor is a script that Redis does not know
                store.evict(KEY, LONG);
            }

            assertThat(store.isAnswering(KEY)).isTrue();
        }
    }

    @Test
    void call_leftAlone_storeStillWouldAsk() throws Exception {
        // The last words of an application go past the breaker: see Engine.close. It is the engine that asks
        // isAnswering.
        AtomicInteger asked = new AtomicInteger();
        try (Peer peer = Peer.greeting((request, out) -> asked.incrementAndGet());
                JedisStore store = storeAt(peer.port())) {
            open(store);
            int before = asked.get();
            failure(store);

            assertThat(asked.get()).isGreaterThan(before);
        }
    }
}
