package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.store.Budget;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;

/** A row of a database without a store that could vouch for anything, as while Redis is away: only loads are shared. */
public final class UncachedRow {

    private static final EntryKey KEY = KeySpace.of("c", "").key("1");

    private final AtomicInteger row = new AtomicInteger();
    private final AtomicInteger loading = new AtomicInteger();
    private final CacheBinding<Integer> binding = new CacheBinding<>(
            new Cache("c", Settings::cache, new CacheCounters()),
            new VersionCodec(),
            EntryFormat.none(),
            TtlChoice.annotated(null));
    private final LookupContext context = LookupContext.outside(new Budget(Duration.ZERO), Duration.ZERO);
    private final Layer sharing =
            new SingleFlightLayer(Settings.patient(Duration.ofDays(1)), () -> 0, new NotedEvents(), new Loading());

    @Operation
    public int read() throws Exception {
        return sharing.read(Lookup.of(binding, KEY, this::load, () -> context)).value();
    }

    private int load() {
        if (loading.incrementAndGet() > 1) {
            throw new IllegalStateException("There are two loads of a key at once.");
        }
        int version = row.get();
        loading.decrementAndGet();
        return version;
    }

    @Operation
    public int write() {
        return row.incrementAndGet();
    }

    private static final class Loading implements Layer {
        @Override
        public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
            return LookupResult.loaded(lookup.load());
        }
    }
}
