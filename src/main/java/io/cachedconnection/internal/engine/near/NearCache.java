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
 * What this node keeps of one cache in its memory. It holds what was read from the remote store and serves it only as long
 * as it can vouch for it; see {@link InvalidationTracker}. Thread-safe, and no call waits.
 */
public final class NearCache {

    private final NearStore<NearEntry> store;
    private final Supplier<NearSettings> settings;
    private final InvalidationTracker tracker;
    private final LongSupplier nanoTime;
    private final LongSupplier epoch;
    private final AtomicLong ownEpoch = new AtomicLong(); // evictions of all of this cache
    private volatile NearSettings
            seen; // by the last lookup: the sweep must not read them itself, on a thread of its own
    private long limit; // of the store; the sweep's

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
        this.epoch = () -> tracker.epoch() + ownEpoch.get(); // neither shrinks: the same sum means the same two
    }

    /**
     * What was so before a read was sent. What the read brings may be kept near, and is served as long as all of it is still so:
     * a change after this was taken shows.
     *
     * @param stripes the counters of its key and of its tags
     * @param count what those counters said, in sum: none shrinks, so the same sum means the same counts
     * @param epoch what the count of gaps said
     * @param takenAt when, in nanoseconds of the engine's clock
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record ReadVersion(int[] stripes, long count, long epoch, long takenAt) {}

    /** A value that is kept near, together with all that has to be so for it to be served. Immutable. */
    static final class NearEntry {

        private final Object content; // the result itself where its value may be shared, else the bytes
        private final ValueCodec<?> codec; // of the result
        private final int[] stripes;
        private final long count;
        private final long epoch;
        private final long until;

        /** What was found under {@code version}, and its value. */
        <V> NearEntry(ValueCodec<V> codec, ReadVersion version, StoredEntry found, @Nullable V value) {
            this.content = codec.isShareable() ? LookupResult.near(value) : found.payload();
            this.codec = codec;
            this.stripes = version.stripes();
            this.count = version.count();
            this.epoch = version.epoch();
            this.until = version.takenAt() + found.life().toNanos(); // Redis counted it later, so this is no longer
        }

        boolean isOver(long now) {
            return now - until >= 0;
        }

        /**
         * Whether nothing has been heard since its version that could make it old, nor was there a gap. The counter comes first:
         * if it is a new one, which knows nothing of before, the epoch is another one by then.
         */
        boolean isUnchanged(VersionStripes current, LongSupplier currentEpoch) {
            return current.sum(stripes) == count && epoch == currentEpoch.getAsLong();
        }

        /** The result, with a value of its own unless that may be shared; null if this is not of the type of {@code other}. */
        @SuppressWarnings("unchecked") // what the same codec has made is of its type
        <V> @Nullable LookupResult<V> result(ValueCodec<V> other) {
            if (!(content instanceof byte[] payload)) {
                return codec == other ? (LookupResult<V>) content : null;
            }
            try {
                return LookupResult.near(other.decode(payload));
            } catch (UnreadableValueException | RuntimeException | Error e) {
                return null; // bytes of another method's type: the entry in the store shows in the next read
            }
        }
    }

    /** The result under {@code name}, if it is here and nothing speaks against it; in doubt, as in {@link SafeCalls}, there is none. */
    public <V> @Nullable LookupResult<V> find(ValueCodec<V> codec, Object name) {
        try {
            NearEntry entry = store.find(name);
            return entry != null && isVouchedFor(entry) ? entry.result(codec) : null;
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            return null;
        }
    }

    /**
     * The order matters: the proof is looked at first, then the clock, then what has been heard. So a change that the proof
     * covers has been heard when that is looked at; and a thread that was stopped after looking at the proof finds it old.
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

    /** To be taken before a read of {@code key} is sent; null while changes are not heard, so that nothing is to be kept. */
    public @Nullable ReadVersion version(EntryKey key) {
        return SafeCalls.orNull(() -> {
            // Before it is asked whether we hear: a gap that begins in between belongs to the next epoch.
            long before = epoch.getAsLong();
            if (!tracker.isLive() || !current().enabled()) {
                return null;
            }
            VersionStripes stripes = tracker.stripes();
            int[] concerned = stripes.of(key);
            return new ReadVersion(concerned, stripes.sum(concerned), before, nanoTime.getAsLong());
        });
    }

    /** Keeps what was found under {@code version}; false if that did not work. */
    public <V> boolean put(
            ValueCodec<V> codec, Object name, ReadVersion version, StoredEntry found, @Nullable V value) {
        return SafeCalls.or(false, () -> {
            store.put(name, new NearEntry(codec, version, found, value));
            return true;
        });
    }

    /** Forgets all. */
    void forget() {
        ownEpoch.incrementAndGet();
    }

    /** Gives back the memory of what will never be served again, and of what is too much by now. May take its time. */
    void sweep() {
        long now = nanoTime.getAsLong();
        store.removeIf(entry -> entry.isOver(now) || !entry.isUnchanged(tracker.stripes(), epoch));
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
