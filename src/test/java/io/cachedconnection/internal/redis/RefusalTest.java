package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TestRedis;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** What real servers refuse inside a script, which the old ones say in the middle of a text. */
class RefusalTest {

    private static final EntryKey KEY = KeySpace.of("c", "").key(Seeds.ARGUMENT);
    private static final long NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final LeaseRequest CLAIM =
            new LeaseRequest("L1", Duration.ZERO, Duration.ofSeconds(9), Duration.ofHours(1));

    private static void check(URI uri, String spoil, Reason reason, String message) {
        try (Jedis jedis = new Jedis(uri);
                JedisStore store = new JedisStore(Settings.redis(uri), Duration.ofSeconds(30))) {
            store.evict(KEY, NANOS); // the script is known
            if (spoil.equals("replica")) {
                jedis.replicaof("127.0.0.1", 1);
            } else {
                jedis.configSet("maxmemory", "1");
            }
            ThrowingCallable step = spoil.equals("replica")
                    ? () -> store.begin(KEY, "W1", NANOS / 5)
                    : () -> store.acquire(KEY, CLAIM, NANOS);
            StoreException failure = catchThrowableOfType(StoreException.class, step);
            jedis.configSet("maxmemory", "0");
            jedis.replicaofNoOne();

            assertThat(ScannedLog.thrown(failure).reason()).isEqualTo(reason);
            assertThat(failure).hasMessage(message);
        }
    }

    private static void onEach(String image, Consumer<URI> test) {
        if (image.equals("embedded")) {
            try (RedisProcess old = RedisProcess.started()) {
                test.accept(URI.create(old.uri()));
            }
        } else {
            assumeTrue(
                    TestRedis.hasImage(image) || TestRedis.imagesAreRequired(), () -> "Docker does not have " + image);
            test.accept(TestRedis.inDocker(image));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "redis:7", "redis:8", "valkey:8"})
    void begin_masterHasBecomeAReplica_isReadOnly(String image) {
        onEach(image, uri -> check(uri, "replica", Reason.READ_ONLY, "it refused: READONLY"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "redis:7", "redis:8", "valkey:8"})
    void acquire_redisIsFull_isNotNow(String image) {
        onEach(image, uri -> check(uri, "full", Reason.NOT_NOW, "it refused: OOM"));
    }
}
