package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;

/** Answers from the remote store. */
final class StoredLayer implements Layer {

    private final Entries entries;
    private final Layer next;

    StoredLayer(Entries entries, Layer next) {
        this.entries = entries;
        this.next = next;
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
        return next.read(read);
    }
}
