package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.RemoteStoreContract;
import io.cachedconnection.testing.RedisClusterProcesses;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A cluster keeps the contract, too. */
@Tag("proof")
@TestInstance(Lifecycle.PER_CLASS)
class ClusterContractTest extends RemoteStoreContract {

    private static final Duration NEED_NOT_HURRY = Duration.ofSeconds(5);

    private RedisClusterProcesses cluster;
    private JedisStore store;

    @BeforeAll
    void open() {
        cluster = RedisClusterProcesses.started(3, 0);
        store = new JedisStore(Settings.redis(cluster.place(), NEED_NOT_HURRY), MAX_TRANSACTION_AGE);
        awaitSettled(store);
    }

    /** Servers that have only just begun let no node fill that may be looking at an older state of the database. */
    static void awaitSettled(JedisStore store) {
        KeySpace settling = KeySpace.of("settling", "");
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (IntStream.range(0, 50).anyMatch(i -> isOld(store, settling.key("" + i)))
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static boolean isOld(JedisStore store, EntryKey key) {
        LeaseRequest request = new LeaseRequest("L1", MAX_TRANSACTION_AGE, Duration.ofSeconds(9), Duration.ofHours(1));
        boolean old = store.acquire(key, request, NANOS).verdict() == Verdict.OLD;
        store.release(key, "L1", NANOS);
        return old;
    }

    @AfterAll
    void close() {
        if (store != null) {
            store.close();
        }
        cluster.close();
    }

    @Override
    protected RemoteStore store() {
        return store;
    }

    @Override
    protected void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
