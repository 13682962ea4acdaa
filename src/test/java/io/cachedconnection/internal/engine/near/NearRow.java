package io.cachedconnection.internal.engine.near;

import io.cachedconnection.internal.engine.near.NearCache.ReadVersion;
import io.cachedconnection.internal.engine.read.VersionCodec;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.testing.MapStores;
import io.cachedconnection.testing.NotedEvents;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * A row in a store that is read by way of a near cache, and changed by writers who are told that they are done when their
 * change has been announced. Whoever reads after that must not see less. A read tells whether that was so.
 */
public class NearRow {

    private static final KeySpace SPACE = KeySpace.of("c", "");
    private static final EntryKey KEY = SPACE.key("1");
    private static final Set<String> PREFIXES = Set.of("c:");
    private static final NearSettings SETTINGS = new NearSettings(true, 10, Duration.ofDays(1));

    private final AtomicInteger row = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger(); // the last version whose writer was told
    private final NearCache near;
    private final VersionCodec codec = new VersionCodec();
    private final InvalidationTracker invalidationTracker;
    private final boolean isHasty;

    public NearRow() {
        this(false);
    }

    /** If {@code isHasty}, it is only looked what has been heard when the reply is there. */
    NearRow(boolean isHasty) {
        this.isHasty = isHasty;
        invalidationTracker = new InvalidationTracker(new NotedEvents(), SETTINGS::maxStaleness, () -> 0);
        invalidationTracker.want(PREFIXES, 10);
        near = new NearCache(new MapStores().holding(10), () -> SETTINGS, invalidationTracker, () -> 0);
        invalidationTracker.began(PREFIXES, 0);
    }

    @Operation
    public boolean read() throws UnreadableValueException {
        int least = done.get();
        LookupResult<Integer> result = near.find(codec, KEY);
        return (result == null ? found() : result.value()) >= least;
    }

    private int found() throws UnreadableValueException {
        ReadVersion before = isHasty ? null : near.version(KEY);
        int version = row.get();
        ReadVersion readVersion = isHasty ? near.version(KEY) : before;
        if (readVersion != null) {
            near.put(codec, KEY, readVersion, new StoredEntry(codec.encode(version), Duration.ofDays(1)), version);
        }
        return version;
    }

    private void change(Runnable announcement) {
        int version = row.incrementAndGet();
        announcement.run();
        done.accumulateAndGet(version, Math::max);
    }

    @Operation
    public void write() {
        change(() -> invalidationTracker.changed(KEY.text()));
    }

    @Operation
    public void flush() {
        change(invalidationTracker::allChanged);
    }

    @Operation
    public void evictAll() {
        change(near::forget);
    }

    /** The feed is one, so its beginnings and ends come one after the other. */
    @Operation(nonParallelGroup = "feed")
    public void gap() {
        invalidationTracker.lost();
        change(() -> {});
        invalidationTracker.began(PREFIXES, 0);
    }

    /** Another cache is opened, for which there are new counters. */
    @Operation(nonParallelGroup = "feed")
    public void open() {
        invalidationTracker.want(PREFIXES, 10);
        invalidationTracker.began(PREFIXES, 0);
    }

    @Operation
    public void sweep() {
        near.sweep();
    }
}
