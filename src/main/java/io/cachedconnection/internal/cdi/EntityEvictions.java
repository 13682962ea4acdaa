package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.method.CachedBeans;
import io.cachedconnection.internal.method.EvictingEntity;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Evicts the entries that writes of entities make stale. It remembers the changeable keys that each entity in memory had when
 * it was last loaded or written: its row may move from one customer to another, and the lists of both are then stale.
 * Thread-safe.
 */
final class EntityEvictions {

    /** An entity as a key, compared by identity. It does not keep the entity alive. */
    private static final class Identity extends WeakReference<Object> {

        private final int hash;

        Identity(Object entity, @Nullable ReferenceQueue<Object> queue) {
            super(entity, queue);
            this.hash = System.identityHashCode(entity);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object entity = get();
            return entity != null && other instanceof Identity same && same.refersTo(entity);
        }
    }

    private final CachedBeans beans;
    private final Engine engine;
    private final Map<Identity, Set<Target>> had = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    EntityEvictions(CachedBeans beans, Engine engine) {
        this.beans = beans;
        this.engine = engine;
    }

    void loaded(Object entity) {
        EvictingEntity known = beans.entity(entity.getClass());
        if (known.mayMove()) {
            remember(entity, known);
        }
    }

    private @Nullable Set<Target> remember(Object entity, EvictingEntity known) {
        for (Reference<?> each = gone.poll(); each != null; each = gone.poll()) {
            had.remove(each);
        }
        Set<Target> now = known.movingTargets(entity);
        return now == null ? had.remove(new Identity(entity, null)) : had.put(new Identity(entity, gone), now);
    }

    void written(Object entity, boolean isNew) {
        EvictingEntity known = beans.entity(entity.getClass());
        Set<Target> targets = new LinkedHashSet<>(known.targets(entity));
        if (known.mayMove()) {
            Set<Target> before = remember(entity, known);
            if (before != null) {
                targets.addAll(before);
            } else if (!isNew) {
                targets.addAll(known.targetsOfUnknownPast());
            }
        }
        Set<Target> all = Set.copyOf(targets);
        targets.removeIf(target -> target instanceof EntryKey key
                && !target.equals(key.space().all())
                && all.contains(key.space().all()));
        targets.forEach(engine::evictAtCommit);
    }
}
