package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.write.TransactionScope;
import java.util.function.Supplier;

/**
 * Makes lookups of JPA entities behave alike with and without the cache. In a transaction the method answers: its entity is
 * managed, so the commit saves the caller's changes. Outside, each caller gets a detached copy, decoded from the bytes of a
 * hit, even if no entry is stored. After many values that cannot be copied, the layer pauses, and callers get the method's own
 * result.
 */
public final class EntityLayer implements Layer {

    private final Entries entries;
    private final Supplier<Boolean> outside;
    private final Layer next;
    private final Layer load;

    public EntityLayer(Entries entries, TransactionScope transactions, Layer next, Layer load) {
        this.entries = entries;
        this.outside = transactions::isOutside;
        this.next = next;
        this.load = load;
    }

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        CacheBinding<V> binding = lookup.binding();
        if (!binding.codec().isOfEntities()) {
            return next.read(lookup);
        }
        if (!SafeCalls.or(false, outside)) {
            lookup.countBypass();
            return load.read(lookup);
        }
        LookupResult<V> result = next.read(lookup);
        V value = result.value();
        if (value == null || result.source() != Source.REPOSITORY || binding.isResting()) {
            return result;
        }
        return new LookupResult<>(entries.copied(binding, lookup.key(), value), result.source(), result.current());
    }

    @Override
    public <V> StoreResult<V> find(Lookup<V> lookup) {
        return next.find(lookup);
    }

    @Override
    public Ack contains(Lookup<?> lookup) {
        return next.contains(lookup);
    }
}
