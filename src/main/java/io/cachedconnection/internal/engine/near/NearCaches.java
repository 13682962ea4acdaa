package io.cachedconnection.internal.engine.near;

import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.Target;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What this node keeps near, of all caches that want it. Thread-safe. */
public final class NearCaches {

    private static final Duration LONGEST_PATIENCE = Duration.ofHours(1);

    private final NearStore.Maker stores;
    private final LongSupplier nanoTime;
    private final Map<KeySpace, NearCache> caches = new ConcurrentHashMap<>();
    private final InvalidationTracker tracker;
    private Set<String> tunedInTo = Set.of(); // only the recovery uses it

    /**
     * None yet.
     *
     * @param stores makes the maps
     * @param events is told when changes are not heard
     * @param nanoTime {@link System#nanoTime}, which is what the store proves with
     */
    public NearCaches(NearStore.Maker stores, EngineEvents events, LongSupplier nanoTime) {
        this.stores = stores;
        this.nanoTime = nanoTime;
        this.tracker = new InvalidationTracker(new EngineEvents.Guarded(events), this::patience, nanoTime);
    }

    /** The near cache for the keys of {@code space}, the same for every caller. */
    public NearCache of(KeySpace space, Supplier<NearSettings> settings) {
        return caches.computeIfAbsent(space, s -> {
            long entries = settings.get().maxEntries();
            tracker.want(space.beginnings(), entries);
            return new NearCache(stores.holding(entries), settings, tracker, nanoTime);
        });
    }

    /** What the names of all keys begin with of which changes are to be heard. */
    public Set<String> wanted() {
        return InvalidationTracker.outermost(tracker.wanted());
    }

    /** The patience of the cache that bears least. */
    private Duration patience() {
        return caches.values().stream()
                .map(NearCache::patience)
                .min(Duration::compareTo)
                .orElse(LONGEST_PATIENCE);
    }

    /** Listens to {@code store} for what is kept, if that is not so already, and tells if it cannot be heard. */
    public void tuneIn(RemoteStore store) {
        Set<String> wanted = wanted();
        if (!wanted.equals(tunedInTo)) {
            store.hear(wanted, tracker);
            tunedInTo = wanted;
        }
        tracker.tell();
    }

    /** Forgets what this node is making old itself: it need not wait to be told. */
    public void forget(Target target) {
        if (target instanceof EntryKey key) {
            tracker.changed(key.text());
        } else if (target instanceof KeySpace space) {
            caches.forEach((of, cache) -> {
                if (space.isOfTags() || space.equals(of)) {
                    cache.forget();
                }
            });
        }
    }

    /** Gives back the memory of what will never be served again. */
    public void sweep() {
        caches.values().forEach(NearCache::sweep);
    }
}
