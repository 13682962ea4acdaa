package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;
import org.jspecify.annotations.Nullable;

/**
 * Loads under a lease, so that of all nodes one loads and nobody stores what a write has made old. Whoever does not get the
 * lease waits for the value, but not for ever, or loads for itself and stores nothing.
 */
final class LeaseLayer implements Layer {

    private final GuardedStore store;
    private final Entries entries;
    private final Waiting waiting;
    private final Layer next;

    LeaseLayer(GuardedStore store, Entries entries, Waiting waiting, Layer next) {
        this.store = store;
        this.entries = entries;
        this.waiting = waiting;
        this.next = next;
    }

    @Override
    public <V> Answer<V> read(Read<V> read) throws Exception {
        String token = waiting.token();
        Grant grant = waiting.whileBusy(() -> store.acquire(read.key(), claim(read, token), read.budget()));
        return switch (grant.verdict()) {
            case PRESENT -> present(read, grant.payload());
            case LEASED -> filled(read, token);
            case BUSY, FENCED, OLD, UNREACHABLE -> next.read(read);
        };
    }

    /** Anew each time it is asked for, because what a transaction sees gets older while it waits. */
    private Claim claim(Read<?> read, String token) {
        return new Claim(token, read.reader().settle().get(), waiting.lease());
    }

    private <V> Answer<V> present(Read<V> read, byte @Nullable [] payload) throws Exception {
        Finding<V> finding = payload == null
                ? Finding.none(Finding.Outcome.MISS)
                : entries.decoded(read.plan(), read.key(), payload, read.budget());
        return finding.isHit() ? Answer.stored(finding.value()) : next.read(read);
    }

    /** If the load throws, the lease is free at once: whoever waits tries for itself. */
    private <V> Answer<V> filled(Read<V> read, String token) throws Exception {
        boolean loaded = false;
        try {
            Answer<V> answer = next.read(read);
            boolean mayFill = read.reader().mayFill().getAsBoolean();
            Entry entry = mayFill ? entries.of(read.plan(), read.key(), answer.value()) : null;
            loaded = true;
            Reply held = entry == null ? released(read, token) : stored(read, token, entry);
            return mayFill && held == Reply.YES ? answer.accepted() : answer;
        } finally {
            if (!loaded) {
                released(read, token);
            }
        }
    }

    private Reply released(Read<?> read, String token) {
        return store.release(read.key(), token, read.budget());
    }

    private Reply stored(Read<?> read, String token, Entry entry) {
        Reply stored = store.fill(read.key(), token, entry, read.budget());
        if (stored == Reply.YES) {
            read.plan().cache().counters().count(Event.STORE);
        }
        return stored;
    }
}
