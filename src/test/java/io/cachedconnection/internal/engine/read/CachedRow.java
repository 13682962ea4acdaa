package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.store.Budget;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * A row of a database and its cache: loads are shared above a store that is always there, and writes follow the protocol.
 * Nobody gives up waiting, so what would be late without protection hangs.
 */
public class CachedRow {

    private static final EntryKey KEY = KeySpace.of("c", "").key("1");
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final AtomicInteger row = new AtomicInteger();
    private final RowStore store = new RowStore();
    private final CacheBinding<Integer> binding = new CacheBinding<>(
            new Cache("c", Settings::cache, new CacheCounters()),
            new VersionCodec(),
            EntryFormat.none(),
            TtlChoice.annotated(null));
    private final LookupContext context = LookupContext.outside(new Budget(Duration.ZERO), Duration.ZERO);
    private final Layer sharing;

    public CachedRow() {
        this(Fault.NONE);
    }

    CachedRow(Fault fault) {
        sharing = fault.sharing(FOR_EVER, new Leased(store));
    }

    @Operation
    public int read() throws Exception {
        int found = store.find();
        return found == RowStore.NOTHING
                ? sharing.read(Lookup.of(binding, KEY, row::get, () -> context)).value()
                : found;
    }

    @Operation
    public int write() {
        store.begin();
        int version = row.incrementAndGet();
        store.end();
        return version;
    }
}
