package io.cachedconnection.model;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.testing.PartedStore;
import java.time.Duration;

/** A store as one node sees it: each step is a part, which waits to be let through, and is noted in the words of the model. */
final class GatedStore extends ForwardingStore {

    private final Parts parts;
    private volatile String result = "";
    private volatile boolean letThrough;

    GatedStore(PartedStore real, Parts parts) {
        super(real);
        this.parts = parts;
    }

    /** What came of the last step. */
    String result() {
        return result;
    }

    /** The next "acquire" has waited already. */
    void letThrough() {
        letThrough = true;
    }

    void note(String text) {
        result = text;
    }

    @Override
    public byte[] find(EntryKey key, long nanos) {
        parts.part("find");
        byte[] found = real.find(key, nanos);
        note(found == null ? "nothing" : "version " + Times.version(key, found));
        return found;
    }

    @Override
    public LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
        if (!letThrough) {
            parts.part("acquire");
        }
        letThrough = false;
        LeaseResult lease = real.acquire(key, request, nanos);
        byte[] payload = lease.payload();
        note(payload == null ? lease.verdict().name() : "version " + Times.version(key, payload));
        return lease;
    }

    @Override
    public boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos) {
        parts.part("fill");
        boolean filled = real.fill(key, token, storedEntry, nanos);
        note("" + filled);
        return filled;
    }

    @Override
    public boolean release(EntryKey key, String token, long nanos) {
        parts.part("release");
        boolean released = real.release(key, token, nanos);
        note("" + released);
        return released;
    }

    @Override
    public void begin(EntryKey key, String write, long nanos) {
        parts.part("begin");
        real.begin(key, write, nanos);
        note("");
    }

    @Override
    public void end(EntryKey key, String write, Outcome outcome, long nanos) {
        parts.part("end");
        real.end(key, write, outcome, nanos);
        note("");
    }

    @Override
    public boolean endWith(EntryKey key, String write, Duration settle, StoredEntry storedEntry, long nanos) {
        parts.part("end-with");
        boolean stored = real.endWith(key, write, settle, storedEntry, nanos);
        note("" + stored);
        return stored;
    }

    @Override
    public void beginAll(KeySpace space, String write, long nanos) {
        parts.part("announce");
        real.announceAll(space, write);
        note("");
        parts.part("leases");
        real.dropLeases(space);
        parts.part("values");
        real.dropValues(space);
    }

    @Override
    public void endAll(KeySpace space, String write, Outcome outcome, long nanos) {
        if (outcome == Outcome.COMMITTED) {
            beginAll(space, write, nanos);
        }
        parts.part("conclude");
        real.concludeAll(space, write, outcome);
        note("");
    }
}
