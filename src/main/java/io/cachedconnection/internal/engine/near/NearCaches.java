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
import org.jspecify.annotations.Nullable;

/** The near caches of this node. Thread-safe. */
public final class NearCaches {

    private static final Duration LONGEST_PATIENCE = Duration.ofHours(1);

    private final NearStore.Maker stores;
    private final LongSupplier nanoTime;
    private final Map<KeySpace, NearCache> caches = new ConcurrentHashMap<>();
    private final InvalidationTracker tracker;
    private Set<String> tunedInTo = Set.of(); // used by the recovery only

    /**
     * Creates an object without near caches.
     *
     * @param stores creates the maps
     * @param events is told when the invalidation stream is down
     * @param nanoTime {@link System#nanoTime}, the clock of the store's proofs
     */
    public NearCaches(NearStore.Maker stores, EngineEvents events, LongSupplier nanoTime) {
        this.stores = stores;
        this.nanoTime = nanoTime;
        this.tracker = new InvalidationTracker(new EngineEvents.Guarded(events), this::patience, nanoTime);
    }

    /** Returns the near cache for the keys of {@code space}, the same one for every caller. */
    public NearCache of(KeySpace space, Supplier<NearSettings> settings) {
        return caches.computeIfAbsent(space, s -> {
            long entries = settings.get().maxEntries();
            tracker.want(space.beginnings(), entries);
            return new NearCache(stores.holding(entries), settings, tracker, nanoTime);
        });
    }

    /** Returns the prefixes of all keys that the invalidation stream must cover. */
    public Set<String> wanted() {
        return InvalidationTracker.outermost(tracker.wanted());
    }

    /** Returns the shortest patience of all near caches. */
    private Duration patience() {
        return caches.values().stream()
                .map(NearCache::patience)
                .min(Duration::compareTo)
                .orElse(LONGEST_PATIENCE);
    }

    /** Subscribes to {@code store} for the kept caches, if necessary, and reports a stream that is down. */
    public void tuneIn(RemoteStore store) {
        Set<String> wanted = wanted();
        if (!wanted.equals(tunedInTo)) {
            store.hear(wanted, tracker);
            tunedInTo = wanted;
        }
        tracker.tell();
    }

    /** Removes a target that this node invalidates itself, without waiting for the stream. */
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

    /** Whether the invalidation stream is up. */
    public boolean isHeard() {
        return tracker.isLive();
    }

    /** Returns the age of the last proof that all earlier changes were heard; null while the stream is down. */
    public @Nullable Duration proofAge() {
        long provenAt = tracker.provenAt();
        return tracker.isLive() ? Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - provenAt)) : null;
    }

    /** Removes dead entries. */
    public void sweep() {
        caches.values().forEach(NearCache::sweep);
    }
}
