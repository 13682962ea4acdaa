package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An application that calls itself without end, and looks something up where its stack is nearly full. */
class DeepStackTest {

    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final EntryKey KEY = KeySpace.of("c", "").key(Seeds.ARGUMENT);
    private static final int SMALL_STACK = 256 << 10;
    private static final int TOO_DEEP = 20_000;
    private static final int NEAR = 60;
    private static final int TIMES = 3;

    /** True if there was room for the lookup at this depth. */
    private static boolean hasRoom(JedisStore store, int depth) {
        try {
            lookUp(store, depth);
            return true;
        } catch (StackOverflowError e) {
            return false;
        }
    }

    private static void lookUp(JedisStore store, int depth) {
        if (depth > 0) {
            lookUp(store, depth - 1);
            return;
        }
        try {
            store.find(KEY, NANOS);
        } catch (StoreException e) {
            // as good as an answer here
        }
    }

    /** Runs out of stack wherever a lookup can. */
    private static void overflow(JedisStore store) {
        for (int i = 0; i < TIMES; i++) {
            int least = 1;
            for (int most = TOO_DEEP; most - least > 1; ) {
                int middle = (least + most) / 2;
                least = hasRoom(store, middle) ? middle : least;
                most = least == middle ? most : middle;
            }
            for (int depth = least - NEAR; depth < least + NEAR; depth++) {
                hasRoom(store, Math.max(1, depth));
            }
        }
    }

    @Test
    void find_stackWasFullInOthers_findsAConnection() throws Exception {
        try (RedisProcess redis = RedisProcess.started();
                JedisStore store = new JedisStore(
                        Settings.redis(URI.create(redis.uri()), Duration.ofMillis(100)), Duration.ofSeconds(30))) {
            Thread deep = new Thread(null, () -> overflow(store), "deep", SMALL_STACK);
            deep.start();
            deep.join();
            Thread.sleep(TimeUnit.SECONDS.toMillis(3)); // by then it is plain that no thread has what was lost
            hasRoom(store, 0); // this one sees to it

            assertThat(store.find(KEY, TimeUnit.SECONDS.toNanos(10))).isNull();
        }
    }
}
