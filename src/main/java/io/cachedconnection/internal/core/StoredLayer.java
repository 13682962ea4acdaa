package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;

/** Answers from the remote store. What it does not have is loaded without a lease if it would not be stored anyway. */
final class StoredLayer implements Layer {

    private final Entries entries;
    private final Layer next;
    private final Layer load;

    StoredLayer(Entries entries, Layer next, Layer load) {
        this.entries = entries;
        this.next = next;
        this.load = load;
    }

    @Override
    public <V> Answer<V> read(Read<V> read) throws Exception {
        Finding<V> finding = entries.find(read.plan(), read, read.budget());
        CacheCounters counters = read.plan().cache().counters();
        if (finding.isHit()) {
            counters.count(Event.HIT);
            return Answer.stored(finding.value());
        }
        counters.count(Event.MISS);
        return (read.plan().isResting() ? load : next).read(read);
    }
}
