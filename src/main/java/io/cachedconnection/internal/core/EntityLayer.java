package io.cachedconnection.internal.core;

import java.util.function.Supplier;

/**
 * Makes lookups of JPA entities the same with and without the cache. In a transaction the method answers: its entity is
 * managed, so the commit saves what the caller changes. Elsewhere each caller gets a detached copy, made from the bytes that
 * a hit is made from, also when nothing is stored. After many values that cannot be copied, none is tried for a while, and
 * callers get what the method returns.
 */
final class EntityLayer implements Layer {

    private final Entries entries;
    private final Supplier<Boolean> outside;
    private final Layer next;
    private final Layer load;

    EntityLayer(Entries entries, TransactionScope transactions, Layer next, Layer load) {
        this.entries = entries;
        this.outside = () -> transactions.current() == null && !transactions.isEnding();
        this.next = next;
        this.load = load;
    }

    @Override
    public <V> Answer<V> read(Read<V> read) throws Exception {
        if (!read.plan().codec().isOfEntities()) {
            return next.read(read);
        }
        if (!Doubt.or(false, outside)) {
            return load.read(read);
        }
        Answer<V> answer = next.read(read);
        V value = answer.value();
        if (value == null || answer.source() != Source.REPOSITORY || read.plan().isResting()) {
            return answer;
        }
        return new Answer<>(entries.copied(read.plan(), read.key(), value), answer.source(), answer.current());
    }
}
