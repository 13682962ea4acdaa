package io.cachedconnection.internal.core;

import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;

/** A row of a database without a store that could vouch for anything, as while Redis is away: only loads are shared. */
public final class UncachedRow {

    private static final CacheKey KEY = KeySpace.of("c", "").key("1");

    private final AtomicInteger row = new AtomicInteger();
    private final AtomicInteger loading = new AtomicInteger();
    private final Plan<Integer> plan = new Plan<>(
            new Cache("c", Settings::cache, new CacheCounters()),
            new VersionCodec(),
            Wrapping.none(),
            TtlChoice.annotated(null));
    private final Reader reader = Reader.outside(new Budget(Duration.ZERO), Duration.ZERO);
    private final Layer sharing =
            new SharingLayer(Settings.patient(Duration.ofDays(1)), () -> 0, new NotedEvents(), new Loading());

    @Operation
    public int read() throws Exception {
        return sharing.read(Lookup.by(reader, Read.of(plan, KEY, this::load))).value();
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
        public <V> Answer<V> read(Read<V> read) throws Exception {
            return Answer.loaded(read.load());
        }
    }
}
