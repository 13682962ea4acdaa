package io.cachedconnection.benchmarks;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.Ports;
import io.cachedconnection.internal.engine.near.CaffeineStores;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.near.NearStore;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.read.Lookup;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.method.BeanReading;
import io.cachedconnection.internal.method.CachedMethod;
import io.cachedconnection.internal.method.CachedMethod.CallName;
import io.cachedconnection.internal.telemetry.EngineLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A node whose remote store has everything, so that only its near cache matters. */
final class NearNode implements AutoCloseable {

    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(BackgroundThreads::daemon);
    private final List<NearStore<?>> stores = new ArrayList<>();
    private final CacheCounters counters = new CacheCounters();
    private final CachedMethod method;
    private final CacheBinding<Object> binding;
    private final Engine engine;

    /** One that keeps so many answers of a method of {@link NearRepository} near. */
    NearNode(int entries, String method, ValueCodec<Object> codec, byte[] payload) throws Exception {
        NearSettings settings = new NearSettings(true, entries, Duration.ofHours(1));
        EngineLog log = new EngineLog("nowhere", System::nanoTime);
        NearCaches near = new NearCaches(new Watched(), log, System::nanoTime);
        this.method = cached(method);
        KeySpace space = space(this.method.cache());
        CacheSettings all =
                new CacheSettings(true, null, Duration.ofHours(1), Duration.ofHours(1), 0, Integer.MAX_VALUE, settings);
        Cache cache = new Cache(space.cache(), () -> all, counters, near.of(space, () -> settings));
        binding = new CacheBinding<>(cache, codec, EntryFormat.none(), TtlChoice.annotated(null));
        Ports ports = new Ports(
                FullStore.of(payload),
                near,
                log,
                TransactionScope.none(),
                System::nanoTime,
                () -> 0,
                new Tokens()::next,
                Sleeper.sleeping());
        engine = new Engine(ports, ProtocolSettings.defaults());
        engine.recoverOn(clock);
        awaitFeed();
    }

    private static CachedMethod cached(String name) throws Exception {
        CachedMethod found =
                BeanReading.of(NearRepository.class).find(NearRepository.class.getMethod(name, UUID.class));
        if (found == null) {
            throw new IllegalStateException(name + " is not cached.");
        }
        return found.bound(NearNode::space, false);
    }

    private static KeySpace space(String cache) {
        return KeySpace.of(cache, "benchmark");
    }

    /** As a call of the method, of which {@code n} makes the id. */
    void read(long n) throws Exception {
        engine.read(new ById(new UUID(n, 0)));
    }

    private void awaitFeed() throws Exception {
        while (nearHits() == 0) {
            read(-1);
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    long nearHits() {
        return counters.of(Event.NEAR_HIT);
    }

    /** How many entries are kept. */
    long entries() {
        AtomicLong entries = new AtomicLong();
        stores.forEach(store -> store.removeIf(entry -> entries.incrementAndGet() < 0));
        return entries.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** Makes the library's maps, and keeps them to be looked into. */
    private final class Watched implements NearStore.Maker {

        @Override
        public <E> NearStore<E> holding(long entries) {
            NearStore<E> store = new CaffeineStores().holding(entries);
            stores.add(store);
            return store;
        }
    }

    /** What the interceptor makes of a call. */
    private final class ById extends Lookup<Object> {

        private final CallName name;

        ById(UUID id) {
            super(binding, engine.contexts());
            name = method.name(new Object[] {id});
        }

        @Override
        public Object name() {
            return name;
        }

        @Override
        public EntryKey key() {
            return method.key(name);
        }

        @Override
        public Object load() {
            throw new IllegalStateException("The store has everything.");
        }
    }
}
