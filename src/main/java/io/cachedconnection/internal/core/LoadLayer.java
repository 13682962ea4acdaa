package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;

/** Answers from the repository. The last layer: it asks nobody else. */
final class LoadLayer implements Layer {

    private final OwnWrites own;

    LoadLayer(OwnWrites own) {
        this.own = own;
    }

    @Override
    public <V> Answer<V> read(Read<V> read) throws Exception {
        CacheCounters counters = read.plan().cache().counters();
        counters.count(Event.LOAD);
        boolean loaded = false;
        try {
            Answer<V> answer =
                    Answer.loaded(own.watched(read.key(), read.reader().watch(), read));
            if (read.reader().keeper() == null && own.mayBeInTransaction()) {
                read.reader().watch().written(); // the load has left a transaction open: it may have
            }
            loaded = true;
            return answer;
        } finally {
            if (!loaded) {
                counters.count(Event.LOAD_FAILURE);
            }
        }
    }
}
