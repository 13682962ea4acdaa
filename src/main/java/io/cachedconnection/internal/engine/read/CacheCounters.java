package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.common.Histogram;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts, times and sizes of one cache on this node. Thread-safe; counting never blocks and allocates no objects. */
public final class CacheCounters {

    /** A counted event. Each lookup is one event of the first group; each ended load is one of the second. */
    public enum Event {
        /** A lookup answered by the near cache. */
        NEAR_HIT,
        /** A lookup answered by the remote store. */
        HIT,
        /** A lookup for which the remote store has no value. */
        MISS,
        /** A lookup that bypassed the cache, because it is switched off or its values cannot be stored. */
        BYPASS_OFF,
        /** A lookup that bypassed the cache, because its transaction has written or may have. */
        BYPASS_TRANSACTION,
        /** A lookup that the remote store did not answer in time, or for which the circuit breaker was open. */
        BYPASS_UNREACHABLE,
        /** A lookup that did not ask the remote store, because an eviction of its key is pending. */
        BYPASS_PENDING_EVICTION,

        /** A run of the repository method, counted when it begins. */
        LOAD,
        /** A load whose value was stored. */
        LOAD_STORED,
        /** A load without a lease, because a write of its key was under way. */
        LOAD_FENCED,
        /** A load without a lease, because its transaction may have read a snapshot from before an eviction. */
        LOAD_OLD_SNAPSHOT,
        /** A load whose value was not stored, because a write or the timeout ended its lease. */
        LOAD_LEASE_LOST,
        /** A load without a lease, because another node held the lease for too long. */
        LOAD_BUSY,
        /**
         * A load whose value is not stored: an empty one, one that cannot be encoded, or one that the load itself has written.
         */
        LOAD_NOT_STORABLE,
        /** A load whose value exceeds the maximum size. */
        LOAD_TOO_LARGE,
        /** A load whose transaction was rolled back or has written the key since. */
        LOAD_ROLLED_BACK,
        /** A load whose value was not stored, because the remote store did not answer. */
        LOAD_UNREACHABLE,
        /** A load of a lookup that bypassed the cache. */
        LOAD_BYPASSED,
        /** A load that threw. */
        LOAD_FAILED,

        /** An entry that could not be decoded. */
        UNDECODABLE,
        /** An entry of another version of the type, or of the format. */
        OUTDATED,
        /** An entry that no trusted writer vouches for. */
        UNTRUSTED,

        /** A hit that was compared with a fresh load. */
        VERIFIED,
        /** A hit that was selected but not verified, because another verification was running or the last load had failed. */
        VERIFICATION_SKIPPED,
        /** A verified hit that differed from the load, without a write that explains it. */
        LIE,

        /** A call that the remote store did not answer, or refused. */
        FAILURE;

        static Event of(Fault fault) {
            return switch (fault) {
                case DAMAGED, CODEC_FAILED -> UNDECODABLE;
                case OUTDATED -> OUTDATED;
                case UNTRUSTED -> UNTRUSTED;
            };
        }
    }

    private static final int MOST_ERROR_TYPES = 20;
    private static final String OTHER = "_OTHER";

    private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);
    private final Histogram loads = Histogram.ofTimes();
    private final Map<String, Histogram> failedLoads = new ConcurrentHashMap<>();
    private final Histogram waitsForNode = Histogram.ofTimes();
    private final Histogram waitsForCluster = Histogram.ofTimes();
    private final Histogram sizes = Histogram.ofSizes();

    /** Creates counters at zero. */
    public CacheCounters() {
        for (Event event : Event.values()) {
            counts.put(event, new LongAdder());
        }
    }

    /** Counts {@code event}. */
    public void count(Event event) {
        adder(event).increment();
    }

    /** Returns the total of these {@code events}. */
    public long of(Event... events) {
        long sum = 0;
        for (Event event : events) {
            sum += adder(event).sum();
        }
        return sum;
    }

    private LongAdder adder(Event event) {
        return Objects.requireNonNull(counts.get(event));
    }

    /** Returns the durations of loads that returned. */
    public Histogram loads() {
        return loads;
    }

    /** Returns the durations of loads that threw, by the class of the exception; {@code _OTHER} for all after the twentieth. */
    public Map<String, Histogram> failedLoads() {
        return Collections.unmodifiableMap(failedLoads);
    }

    void loadFailed(Throwable failure, long nanos) {
        String type = failure.getClass().getName();
        if (failedLoads.size() >= MOST_ERROR_TYPES && !failedLoads.containsKey(type)) {
            type = OTHER;
        }
        failedLoads.computeIfAbsent(type, fresh -> Histogram.ofTimes()).record(nanos);
    }

    /** Returns how long lookups waited for loads of other threads of this node. */
    public Histogram waitsForNode() {
        return waitsForNode;
    }

    /** Returns how long lookups waited for loads of other nodes. */
    public Histogram waitsForCluster() {
        return waitsForCluster;
    }

    /** Returns the sizes of stored entries in the remote store, in bytes. */
    public Histogram sizes() {
        return sizes;
    }
}
