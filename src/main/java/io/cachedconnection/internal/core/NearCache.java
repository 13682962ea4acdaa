package io.cachedconnection.internal.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this node keeps of one cache in its memory. It holds what was read from the remote store and serves it only as long
 * as it can vouch for it; see {@link InvalidationTracker}. Thread-safe, and no call waits.
 */
public final class NearCache {

    private final NearStore<NearEntry> store;
    private final Supplier<NearSettings> settings;
    private final InvalidationTracker invalidationTracker;
    private final LongSupplier nanoTime;
    private final LongSupplier era;
    private final AtomicLong ownEra = new AtomicLong(); // evictions of all of this cache
    private volatile NearSettings
            seen; // by the last lookup: the sweep must not read them itself, on a thread of its own
    private long limit; // of the store; the sweep's

    NearCache(
            NearStore<NearEntry> store,
            Supplier<NearSettings> settings,
            InvalidationTracker invalidationTracker,
            LongSupplier nanoTime) {
        this.store = store;
        this.settings = settings;
        this.invalidationTracker = invalidationTracker;
        this.nanoTime = nanoTime;
        this.seen = settings.get();
        this.limit = seen.maxEntries();
        this.era = () -> invalidationTracker.era() + ownEra.get(); // neither shrinks: the same sum means the same two
    }

    /** The answer to a question, if it is here and nothing speaks against it; in doubt, as in {@link SafeCalls}, there is none. */
    <V> @Nullable LookupResult<V> find(CacheBinding<V> binding, Object name) {
        try {
            NearEntry entry = store.find(name);
            return entry != null && isVouchedFor(entry) ? entry.answer(binding) : null;
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            return null;
        }
    }

    /**
     * The order matters: the proof is looked at first, then the clock, then what has been heard. So a change that the proof
     * covers has been heard when that is looked at; and whoever was stopped after looking at the proof finds it old.
     */
    private boolean isVouchedFor(NearEntry entry) {
        long provenAt = invalidationTracker.provenAt();
        long now = nanoTime.getAsLong();
        NearSettings current = current();
        return current.enabled()
                && now - provenAt <= current.maxStaleness().toNanos()
                && !entry.isOver(now)
                && entry.isUnchanged(invalidationTracker.stamps(), era);
    }

    private NearSettings current() {
        NearSettings current = settings.get();
        if (!current.equals(seen)) {
            seen = current;
        }
        return current;
    }

    /** To be taken before a read of {@code key} is sent; null while changes are not heard, so that nothing is to be kept. */
    @Nullable ReadVersion ticket(EntryKey key) {
        return SafeCalls.orNull(() -> taken(key));
    }

    private @Nullable ReadVersion taken(EntryKey key) {
        // Before it is asked whether we hear: a gap that begins in between belongs to the next era.
        long before = era.getAsLong();
        if (!invalidationTracker.isLive() || !current().enabled()) {
            return null;
        }
        VersionStripes versionStripes = invalidationTracker.stamps();
        int stripe = versionStripes.stripe(key.text());
        return new ReadVersion(stripe, versionStripes.at(stripe), before, nanoTime.getAsLong());
    }

    /** Keeps what was found with a ticket; false if that did not work. */
    <V> boolean put(CacheBinding<V> binding, Object name, ReadVersion version, StoredEntry found, @Nullable V value) {
        return SafeCalls.or(false, () -> {
            store.put(name, NearEntry.of(binding, version, found, value));
            return true;
        });
    }

    /** Forgets all. */
    void forget() {
        ownEra.incrementAndGet();
    }

    /** Gives back the memory of what will never be served again, and of what is too much by now. May take its time. */
    void sweep() {
        long now = nanoTime.getAsLong();
        store.removeIf(entry -> entry.isOver(now) || !entry.isUnchanged(invalidationTracker.stamps(), era));
        if (seen.maxEntries() != limit) {
            limit = seen.maxEntries();
            store.limit(limit);
        }
    }

    /** For how long this one bears silence. */
    Duration patience() {
        return seen.maxStaleness();
    }
}
