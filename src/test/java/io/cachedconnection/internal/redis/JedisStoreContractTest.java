package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.RemoteStore;
import io.cachedconnection.internal.core.RemoteStoreContract;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TestRedis;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Redis keeps the contract. */
class JedisStoreContractTest extends RemoteStoreContract {

    private static JedisStore store;

    @BeforeAll
    static void open() {
        store = new JedisStore(Settings.redis(TestRedis.uri()), MAX_TRANSACTION_AGE);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Override
    protected RemoteStore store() {
        return store;
    }

    /** Redis has a clock of its own, so this time really passes. */
    @Override
    protected void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
