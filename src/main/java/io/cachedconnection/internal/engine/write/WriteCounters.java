package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the evictions and puts of this node by cache and fate. Thread-safe; counting never blocks. */
public final class WriteCounters {

    /** The scope of an eviction. */
    public enum Scope {
        /** One key. */
        KEY,
        /** A whole cache. */
        ALL,
        /** A tag. */
        TAG;

        static Scope of(Target target) {
            if (target instanceof EntryKey key && !key.space().isOfTags()) {
                return KEY;
            }
            return target.cache().equals(KeySpace.OF_TAGS) ? TAG : ALL;
        }
    }

    /** The fate of an eviction. */
    public enum Fate {
        /** The remote store has done it. */
        DONE,
        /** The remote store was unavailable; the eviction waits in the journal. */
        DEFERRED,
        /** The write was refused, because it could not be announced. */
        REFUSED,
        /** The write replaced the old value by a new one. */
        REPLACED
    }

    private record Kind(String cache, Scope scope, Fate fate) {}

    private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>(); // bounded by caches times scopes times fates

    void count(Target target, Fate fate) {
        counts.computeIfAbsent(new Kind(target.cache(), Scope.of(target), fate), fresh -> new LongAdder())
                .increment();
    }

    /** Returns the number of evictions of this kind; evictions of tags count for {@link KeySpace#OF_TAGS}. */
    public long of(String cache, Scope scope, Fate fate) {
        LongAdder count = counts.get(new Kind(cache, scope, fate));
        return count == null ? 0 : count.sum();
    }
}
