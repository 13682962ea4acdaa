package io.cachedconnection.internal.engine.near;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The near cache of one cache: values in the memory of this node. It holds values read from the remote store, and serves them
 * only as long as it can vouch for them; see {@link InvalidationTracker}. Thread-safe, and no call waits.
 */
public final class NearCache {

    private final NearStore<NearEntry> store;
    private final Supplier<NearSettings> settings;
    private final InvalidationTracker tracker;
    private final LongSupplier nanoTime;
    private final LongSupplier epoch;
    private final AtomicLong ownEpoch = new AtomicLong(); // counts evictions of the whole cache
    private volatile NearSettings
            seen; // as read by the last lookup: the sweep must not read settings on a thread of its own
    private long limit; // of the store; used by the sweep

    NearCache(
            NearStore<NearEntry> store,
            Supplier<NearSettings> settings,
            InvalidationTracker tracker,
            LongSupplier nanoTime) {
        this.store = store;
        this.settings = settings;
        this.tracker = tracker;
        this.nanoTime = nanoTime;
        this.seen = settings.get();
        this.limit = seen.maxEntries();
        this.epoch = () -> tracker.epoch() + ownEpoch.get(); // neither part shrinks, so an equal sum means equal parts
    }

    /**
     * The state before a read was sent. The value that the read brings may be kept, and is served while this state is
     * unchanged. A change after the state was taken is noticed.
     *
     * @param stripes the counters of the key and of its tags
     * @param count the sum of these counters: none of them shrinks, so an equal sum means equal counts
     * @param epoch the number of gaps
     * @param takenAt when it was taken, in nanoseconds of the engine's clock
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record ReadVersion(int[] stripes, long count, long epoch, long takenAt) {}

    /** A near value with the state that must be unchanged for it to be served. Immutable. */
    static final class NearEntry {

        private final Object content; // the result itself if its value may be shared, otherwise the bytes
        private final ValueCodec<?> codec; // of the result
        private final int[] stripes;
        private final long count;
        private final long epoch;
        private final long until;

        /** Creates the entry for a value that was read under {@code version}. */
        <V> NearEntry(ValueCodec<V> codec, ReadVersion version, StoredEntry found, @Nullable V value) {
            this.content = codec.isShareable() ? LookupResult.near(value) : found.payload();
            this.codec = codec;
            this.stripes = version.stripes();
            this.count = version.count();
            this.epoch = version.epoch();
            this.until = version.takenAt()
                    + found.life().toNanos(); // Redis began to count later, so this does not end later
        }

        boolean isOver(long now) {
            return now - until >= 0;
        }

        /**
         * Whether no change of its key was heard since its version, and no gap began. Reads the counter first: if it belongs to
         * new counters, which know no earlier changes, the epoch has changed by then.
         */
        boolean isUnchanged(VersionStripes current, LongSupplier currentEpoch) {
            return current.sum(stripes) == count && epoch == currentEpoch.getAsLong();
        }

        /**
         * Returns the result, with a copy of the value unless it may be shared; null if the value has another type than {@code
         * other}.
         */
        @SuppressWarnings("unchecked") // a value of this codec has its type
        <V> @Nullable LookupResult<V> result(ValueCodec<V> other) {
            if (!(content instanceof byte[] payload)) {
                return codec == other ? (LookupResult<V>) content : null;
            }
            try {
                return LookupResult.near(other.decode(payload));
            } catch (UnreadableValueException | RuntimeException | Error e) {
                return null; // bytes of another method's type: the next read of the store will report it
            }
        }
    }

    /**
     * Finds the result under {@code name}; null if there is none that can be vouched for, or on failure as in {@link
     * SafeCalls}.
     */
    public <V> @Nullable LookupResult<V> find(ValueCodec<V> codec, Object name) {
        try {
            NearEntry entry = store.find(name);
            return entry != null && isVouchedFor(entry) ? entry.result(codec) : null;
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            return null;
        }
    }

    /**
     * Reads the proof first, then the clock, then the heard changes. So a change that the proof covers has been heard by then,
     * and a thread that was suspended after it read the proof finds the proof too old.
     */
    private boolean isVouchedFor(NearEntry entry) {
        long provenAt = tracker.provenAt();
        long now = nanoTime.getAsLong();
        NearSettings current = current();
        return current.enabled()
                && now - provenAt <= current.maxStaleness().toNanos()
                && !entry.isOver(now)
                && entry.isUnchanged(tracker.stripes(), epoch);
    }

    private NearSettings current() {
        NearSettings current = settings.get();
        if (!current.equals(seen)) {
            seen = current;
        }
        return current;
    }

    /** Takes the state before a read of {@code key} is sent; null while the stream is down, when no values may be kept. */
    public @Nullable ReadVersion version(EntryKey key) {
        return SafeCalls.orNull(() -> {
            // Taken before the check of the stream: a gap that begins in between belongs to the next epoch.
            long before = epoch.getAsLong();
            if (!tracker.isLive() || !current().enabled()) {
                return null;
            }
            VersionStripes stripes = tracker.stripes();
            int[] concerned = stripes.of(key);
            return new ReadVersion(concerned, stripes.sum(concerned), before, nanoTime.getAsLong());
        });
    }

    /** Keeps a value that was read under {@code version}; false on failure. */
    public <V> boolean put(
            ValueCodec<V> codec, Object name, ReadVersion version, StoredEntry found, @Nullable V value) {
        return SafeCalls.or(false, () -> {
            store.put(name, new NearEntry(codec, version, found, value));
            return true;
        });
    }

    /** Returns the approximate number of entries. */
    public long size() {
        return store.size();
    }

    /** Removes all entries. */
    void forget() {
        ownEpoch.incrementAndGet();
    }

    /** Removes dead entries and entries above the limit. May be slow. */
    void sweep() {
        long now = nanoTime.getAsLong();
        store.removeIf(entry -> entry.isOver(now) || !entry.isUnchanged(tracker.stripes(), epoch));
        if (seen.maxEntries() != limit) {
            limit = seen.maxEntries();
            store.limit(limit);
        }
    }

    /** Returns for how long it serves values without a new proof. */
    Duration patience() {
        return seen.maxStaleness();
    }
}
