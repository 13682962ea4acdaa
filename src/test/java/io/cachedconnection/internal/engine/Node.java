package io.cachedconnection.internal.engine;

import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.engine.near.NearCache;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.VerificationSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.ValueLoader;
import io.cachedconnection.internal.engine.write.Units;
import io.cachedconnection.testing.FakeTransactions;
import io.cachedconnection.testing.MapStores;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One node of a cluster in a test: an engine of its own over a store that it may share with others. */
final class Node {

    static final EntryKey KEY = KeySpace.of("c", "").key(Seeds.ARGUMENT);

    final FakeTransactions transactions;
    final Units units;
    final NotedEvents events = new NotedEvents();
    final AtomicInteger loads = new AtomicInteger();
    final NearCaches near;
    private final Supplier<NearSettings> kept;
    final Cache cache;
    final CacheBinding<String> binding;
    final Engine engine;
    boolean enabled = true;
    boolean evictsWhenOff = true;
    VerificationSettings verification = VerificationSettings.OFF;

    Node(RemoteStore store, FakeTime time, ProtocolSettings protocol) {
        this(store, time, protocol, () -> NearSettings.OFF);
    }

    Node(RemoteStore store, FakeTime time, ProtocolSettings protocol, Supplier<NearSettings> kept) {
        this.kept = kept;
        near = new NearCaches(new MapStores(), events, time);
        NearCache ofCache = kept.get().enabled() ? near.of(KEY.space(), kept) : null;
        cache = new Cache("c", this::settings, new CacheCounters(), ofCache);
        binding = new CacheBinding<>(cache, new TextCodec(), EntryFormat.none(), TtlChoice.annotated(null));
        transactions = new FakeTransactions(time);
        units = new Units(transactions, time);
        Ports ports = new Ports(store, near, events, units, time, () -> 0, new Tokens()::next, length -> {
            time.pass(Duration.ofNanos(length));
            return true;
        });
        engine = new Engine(ports, protocol, name -> settings().isLeftAlone());
    }

    private CacheSettings settings() {
        CacheSettings usual = Settings.cache();
        return new CacheSettings(
                enabled,
                evictsWhenOff,
                null,
                usual.generalTtl(),
                usual.negativeTtl(),
                usual.jitter(),
                usual.maxValueBytes(),
                kept.get(),
                verification);
    }

    String read(ValueLoader<String> loader) throws Exception {
        return engine.read(binding, KEY, () -> {
                    loads.incrementAndGet();
                    return loader.load();
                })
                .value();
    }

    void write(Runnable work) throws Exception {
        engine.write(List.of(KEY), changes -> {
            work.run();
            return null;
        });
    }
}
