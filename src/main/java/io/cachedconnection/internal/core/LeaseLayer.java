package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.CacheCounters.Event;
import io.cachedconnection.internal.core.Grant.Verdict;
import io.cachedconnection.internal.core.Reader.Keeper;
import java.time.Duration;
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
        Grant grant = waiting.whileBusy(read.key(), () -> acquired(read, token));
        return switch (grant.verdict()) {
            case PRESENT -> present(read, grant.payload());
            case LEASED -> filled(read, token);
            case BUSY, FENCED, OLD, UNREACHABLE -> next.read(read);
        };
    }

    /**
     * Asks with the age that the transaction has now, to which settle adds the time that asking may take. If it took longer,
     * because the JVM stood still, an eviction may have come in before unnoticed, and the lease is given back.
     */
    private Grant acquired(Read<?> read, String token) {
        long asked = entries.now();
        Claim claim = new Claim(token, read.reader().settle().get(), waiting.lease());
        Grant grant = store.acquire(read.key(), claim, read.budget());
        boolean inTime = read.reader().keeper() == null || entries.since(asked).compareTo(waiting.budget()) <= 0;
        if (inTime || grant.verdict() != Verdict.LEASED) {
            return grant;
        }
        released(read, token, new Budget(waiting.budget())); // its own is spent
        return Grant.of(Verdict.OLD);
    }

    private <V> Answer<V> present(Read<V> read, byte @Nullable [] payload) throws Exception {
        Finding<V> finding = payload == null ? Finding.none(Finding.Status.MISS) : entries.read(read, payload);
        return finding.isHit() ? Answer.stored(finding.value()) : next.read(read);
    }

    /** If the load throws, the lease is free at once: whoever waits tries for itself. */
    private <V> Answer<V> filled(Read<V> read, String token) throws Exception {
        boolean loaded = false;
        try {
            long begun = entries.now();
            Answer<V> answer = next.read(read);
            Entry entry = entry(read, answer, entries.since(begun));
            loaded = true;
            if (read.reader().keeper() != null) {
                return kept(read, token, answer, entry);
            }
            Answer<V> offered = offered(read, token, answer, entry);
            waiting.took(read.key(), entries.now() - begun);
            return offered;
        } finally {
            if (!loaded) {
                released(read, token, read.budget());
            }
        }
    }

    private <V> @Nullable Entry entry(Read<V> read, Answer<V> answer, Duration cost) {
        Parcel parcel = read.reader().mayStore() ? entries.of(read.plan(), read.key(), answer.value(), cost) : null;
        if (parcel == null) {
            return null;
        }
        read.has(parcel.content());
        return parcel.entry();
    }

    private <V> Answer<V> offered(Read<V> read, String token, Answer<V> answer, @Nullable Entry entry) {
        Reply held = entry == null ? released(read, token, read.budget()) : stored(read, token, entry, read.budget());
        return held == Reply.YES && read.reader().mayStore() ? answer.accepted() : answer;
    }

    /** What was loaded in a transaction is stored when that is committed, if it keeps it for so long. */
    private <V> Answer<V> kept(Read<V> read, String token, Answer<V> answer, @Nullable Entry entry) {
        if (entry == null || !isKept(read, token, entry)) {
            released(read, token, read.budget());
        }
        return answer;
    }

    private boolean isKept(Read<?> read, String token, Entry entry) {
        Keeper keeper = read.reader().keeper();
        return keeper != null
                && keeper.keep(new Kept(
                        read.key(),
                        Thread.currentThread(),
                        budget -> stored(read, token, entry, budget),
                        budget -> released(read, token, budget)));
    }

    private Reply released(Read<?> read, String token, Budget budget) {
        return store.release(read.key(), token, budget);
    }

    private Reply stored(Read<?> read, String token, Entry entry, Budget budget) {
        Reply stored = store.fill(read.key(), token, entry, budget);
        if (stored == Reply.YES) {
            read.plan().cache().counters().count(Event.STORE);
        }
        return stored;
    }
}
