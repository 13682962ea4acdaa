package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.testing.NotedHearing;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.Started;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis behind a Unix socket. */
@SuppressWarnings("try") // a Redis that is only there
class UnixSocketTest {

    private static final EntryKey KEY = KeySpace.of("c", "").key(Seeds.ARGUMENT);
    private static final long NANOS = TimeUnit.SECONDS.toNanos(5);

    @TempDir
    private Path directory;

    private String path() {
        return directory.resolve("redis.sock").toString();
    }

    private RedisProcess redis() {
        return RedisProcess.started("--unixsocket", path());
    }

    private JedisStore store() {
        return new JedisStore(
                Settings.redis(new Endpoint.UnixSocketEndpoint(path()), Duration.ofMillis(300)),
                Duration.ofSeconds(30));
    }

    private static void put(JedisStore store, EntryKey key, byte[] value) {
        store.begin(key, "W1", NANOS);
        store.endWith(key, "W1", Duration.ZERO, new StoredEntry(value, Duration.ofMinutes(1)), NANOS);
    }

    @Test
    void find_put_givesTheSameBytes() {
        byte[] large = new byte[3_000_000];
        large[2_999_999] = 7;
        try (RedisProcess redis = redis();
                JedisStore store = store()) {
            put(store, KEY, large);

            assertThat(store.find(KEY, NANOS)).isEqualTo(large);
        }
    }

    @Test
    void find_manyCallers_eachGetsItsOwn() {
        try (RedisProcess redis = redis();
                JedisStore store = store()) {
            List<Started<byte[]>> callers = new ArrayList<>();
            for (byte i = 0; i < 20; i++) {
                byte number = i;
                callers.add(Started.of(() -> {
                    EntryKey key = KeySpace.of("c", "").key("" + number);
                    put(store, key, new byte[] {number});
                    return store.find(key, NANOS);
                }));
            }
            for (byte i = 0; i < 20; i++) {
                assertThat(callers.get(i).result()).containsExactly(i);
            }
        }
    }

    @Test
    void find_redisHangs_endsInTime() {
        try (RedisProcess redis = redis();
                JedisStore store = store()) {
            store.find(KEY, NANOS);
            redis.hang();
            StoreException failure = catchThrowableOfType(
                    StoreException.class, () -> store.find(KEY, TimeUnit.MILLISECONDS.toNanos(300)));

            assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
            redis.resume();
        }
    }

    @Test
    void find_redisRestarted_noCallFails() {
        try (RedisProcess redis = redis();
                JedisStore store = store()) {
            store.find(KEY, NANOS);
            redis.kill();
            redis.start();

            assertThat(store.find(KEY, NANOS)).isNull();
        }
    }

    @Test
    void find_callerWasInterruptedBefore_isServedAndStaysInterrupted() {
        try (RedisProcess redis = redis();
                JedisStore store = store()) {
            store.find(KEY, NANOS);
            Thread.currentThread().interrupt();

            assertThat(store.find(KEY, NANOS)).isNull();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void close_redisHangsWhileAConnectionIsMade_leavesNoThread() {
        try (RedisProcess redis = redis()) {
            redis.hang();
            JedisStore store = store();
            assertThat(catchThrowable(() -> store.find(KEY, TimeUnit.MILLISECONDS.toNanos(50))))
                    .isNotNull();
            store.close();

            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (hasThreads() && System.nanoTime() - deadline < 0) {
                Thread.onSpinWait();
            }
            assertThat(hasThreads()).isFalse();
            redis.resume();
        }
    }

    private static boolean hasThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("cached-connection"));
    }

    @Test
    void hear_changed_isHeardAndProvenWhileItWaits() {
        NotedHearing hearing = new NotedHearing(Duration.ofMillis(400));
        try (RedisProcess redis = redis();
                JedisStore store = store()) {
            store.hear(Set.of("c:"), hearing);
            hearing.awaitBeginning(1);
            put(store, KEY, new byte[] {1});

            hearing.awaitChanged(KEY.text());
            hearing.awaitNow();
            hearing.awaitNow();
            assertThat(hearing.endings()).isZero();
            redis.hang();
            hearing.awaitEnding(1);
            redis.resume();
            hearing.awaitBeginning(2);
        }
    }

    @Test
    void find_noSocketThere_failsForWantOfAConnection() {
        try (JedisStore store = store()) {
            StoreException failure = catchThrowableOfType(StoreException.class, () -> store.find(KEY, NANOS));

            assertThat(failure.reason()).isEqualTo(Reason.CONNECTION);
        }
    }
}
