package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.EntryReport;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TestRedis;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What an operator sees of a key while loads and writes go on. */
class InspectTest {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final LeaseRequest LEASE =
            new LeaseRequest("L1", Duration.ZERO, Duration.ofSeconds(9), Duration.ofHours(1));

    private final String prefix = "t" + UUID.randomUUID();
    private final KeySpace space =
            KeySpace.of("books", prefix).stamped(KeySpace.ofTags(prefix, KeyNames.clear()), false);
    private final EntryKey key = space.key(Seeds.WORD);
    private final JedisStore store =
            new JedisStore(Settings.redis(TestRedis.uri(), Duration.ofSeconds(5)), Duration.ofSeconds(30));
    private final Jedis redis = new Jedis(TestRedis.uri());

    @BeforeEach
    void awaitRedis() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!store.isAnswering(key) || !isThere()) {
            assertThat(System.nanoTime() - deadline).isNegative();
        }
    }

    private boolean isThere() {
        try {
            store.find(key, NANOS);
            return true;
        } catch (RuntimeException e) {
            store.revive(NANOS);
            return false;
        }
    }

    @AfterEach
    void close() {
        store.close();
        redis.close();
    }

    @Test
    void inspect_nothingThere_saysSoAndLeavesNothingBehind() {
        EntryReport report = store.inspect(key, NANOS);

        assertThat(report.payload()).isNull();
        assertThat(report.isForeign()).isFalse();
        assertThat(report.leaseLeft()).isNull();
        assertThat(report.writes()).isZero();
        assertThat(redis.exists(key.text(), key.fence())).isZero();
    }

    @Test
    void inspect_underALoad_tellsOfItsLeaseAndTakesNothingFromIt() {
        store.acquire(key, LEASE, NANOS);

        assertThat(store.inspect(key, NANOS).leaseLeft()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(9));
        assertThat(store.fill(key, "L1", new StoredEntry(new byte[] {7}, Duration.ofMinutes(1)), NANOS))
                .isTrue();
        EntryReport filled = store.inspect(key, NANOS);
        assertThat(filled.payload()).containsExactly(7);
        assertThat(filled.life()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
        assertThat(filled.leaseLeft()).isNull();
    }

    @Test
    void inspect_writesOfTheKeyAndOfAllUnderWay_countsBoth() {
        store.begin(key, "W1", NANOS);
        store.beginAll(space, "W2", NANOS);

        assertThat(store.inspect(key, NANOS).writes()).isEqualTo(2);

        store.end(key, "W1", Outcome.COMMITTED, NANOS);
        store.endAll(space, "W2", Outcome.COMMITTED, NANOS);
        EntryReport after = store.inspect(key, NANOS);
        assertThat(after.writes()).isZero();
        assertThat(after.sinceEviction()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void inspect_entryWhoseCacheGotAnotherStamp_isOutdated() {
        byte[] stamped = {(byte) 0xCC, 2, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        redis.set(key.bytes(), stamped);
        redis.set(space.tags().get(0).bytes(), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertThat(store.inspect(key, NANOS).isOutdated()).isFalse();

        redis.set(space.tags().get(0).bytes(), new byte[] {8, 7, 6, 5, 4, 3, 2, 1});
        assertThat(store.inspect(key, NANOS).isOutdated()).isTrue();
        redis.del(space.tags().get(0).bytes());
        assertThat(store.inspect(key, NANOS).isOutdated()).isTrue();
    }

    @Test
    void inspect_listOfAnotherApplication_isForeign() {
        redis.rpush(key.text(), "a");

        EntryReport report = store.inspect(key, NANOS);

        assertThat(report.isForeign()).isTrue();
        assertThat(report.payload()).isNull();
        assertThat(redis.llen(key.text())).isEqualTo(1);
    }

    @Test
    void inspect_fenceWithNonsense_isReadWithoutIt() {
        redis.hset(key.fence(), "lease", "nonsense");
        redis.hset(key.fence(), "w:1", "soon");
        redis.hset(key.fence(), "evicted", "9999999999999999999999");

        EntryReport report = store.inspect(key, NANOS);

        assertThat(report.leaseLeft()).isNull();
        assertThat(report.writes()).isZero();
        assertThat(report.sinceEviction()).isNull();
        assertThat(redis.hgetAll(key.fence())).hasSize(3);
    }
}
