package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The engine of a node, of which only a write may be refused: it looks up, and writes now and then. */
final class FuzzedNode implements Fuzzed {

    private static final long LONGEST_LOAD = TimeUnit.MICROSECONDS.toNanos(500);

    private final Ledger ledger;
    private final JedisStore store;
    private final Engine engine;
    private final ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(1);
    private final CacheBinding<Stamped> binding = new CacheBinding<>(
            new Cache("fuzz", Settings::cache, new CacheCounters()),
            new Stamped.Codec(),
            EntryFormat.none(),
            TtlChoice.annotated(null));

    FuzzedNode(RedisSettings settings, Ledger ledger) {
        this.ledger = ledger;
        store = new JedisStore(settings, protocol().maxTransactionAge());
        engine = new Engine(Settings.ports(store, new NotedEvents(), System::nanoTime), protocol());
        engine.recoverOn(clock);
    }

    private static ProtocolSettings protocol() {
        return new ProtocolSettings(
                Duration.ofNanos(NANOS),
                Duration.ofMillis(500),
                Duration.ofMillis(20),
                Duration.ofSeconds(2),
                Duration.ZERO,
                Duration.ofNanos(NANOS),
                OnFailure.FAIL,
                100);
    }

    @Override
    public void step(int number, Random random) throws Exception {
        int key = random.nextInt(Ledger.KEYS);
        if (random.nextInt(20) == 0) {
            write(key);
        } else {
            look(key, random.nextLong(LONGEST_LOAD));
        }
    }

    private void look(int key, long time) throws Exception {
        long floor = ledger.floor(key);
        Stamped seen =
                engine.read(binding, Fuzzed.key(key), () -> loaded(key, time)).value();
        ledger.saw(key, floor, seen);
    }

    private Stamped loaded(int key, long time) {
        Stamped row = ledger.load(key);
        LockSupport.parkNanos(time); // a write may come in between
        return row;
    }

    private void write(int key) throws Exception {
        try {
            ledger.returned(engine.write(List.of(Fuzzed.key(key)), changes -> ledger.commit(key)));
        } catch (RefusedWriteException e) {
            ledger.refused();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        engine.close();
        store.close();
    }
}
