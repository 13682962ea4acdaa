package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What one cache has done on this node. Thread-safe; counting never blocks. */
public final class CacheCounters {

    /** What is counted. */
    public enum Event {
        /** A lookup answered from the memory of this node. */
        NEAR_HIT,
        /** A lookup answered by the remote store. */
        HIT,
        /** A lookup that the remote store could not answer. */
        MISS,
        /** A run of the repository method. */
        LOAD,
        /** A run of the repository method that threw. */
        LOAD_FAILURE,
        /** A value written to the remote store. */
        STORE,
        /** An entry that could not be read as a value. */
        UNDECODABLE,
        /** An entry of another version of the type, or of the format. */
        OUTDATED,
        /** An entry that no trusted writer vouches for. */
        UNTRUSTED,
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

    private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);

    /** All at zero. */
    public CacheCounters() {
        for (Event event : Event.values()) {
            counts.put(event, new LongAdder());
        }
    }

    void count(Event event) {
        adder(event).increment();
    }

    /** How often {@code event} has happened. */
    public long of(Event event) {
        return adder(event).sum();
    }

    private LongAdder adder(Event event) {
        LongAdder adder = counts.get(event);
        if (adder == null) {
            throw new IllegalStateException("Every event has its counter.");
        }
        return adder;
    }
}
