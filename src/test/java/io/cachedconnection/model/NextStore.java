package io.cachedconnection.model;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.testing.MemoryStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What comes in the place of the first Redis, as nodes use it: nothing is served from it and stored in it until it is trusted. */
final class NextStore extends ForwardingStore {

    private final World world;
    private final Map<String, Long> announced = new HashMap<>(); // here, and not on the first one

    NextStore(MemoryStore held, World world, NextStore old) {
        super(held);
        this.world = world;
        if (old != null) {
            announced.putAll(old.announced);
        }
    }

    MemoryStore held() {
        return (MemoryStore) real;
    }

    /** When which write was announced here, as seen from now. */
    String announcements() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(announced).forEach((write, at) -> text.append(write).append(world.now() - at));
        return text.toString();
    }

    private boolean isTrusted() {
        return world.isTrusted() || world.lacks(Protection.TRUST);
    }

    @Override
    public byte[] find(EntryKey key, long nanos) {
        return isTrusted() ? real.find(key, nanos) : null;
    }

    @Override
    public LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
        if (!isTrusted()) {
            return LeaseResult.of(Verdict.FENCED);
        }
        long settle = request.settle().toNanos();
        boolean isOld = settle > 0 && world.isRestarted() && world.now() - world.replacedAt() <= settle;
        return isOld && real.find(key, nanos) == null ? LeaseResult.of(Verdict.OLD) : real.acquire(key, request, nanos);
    }

    @Override
    public boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos) {
        return isTrusted() && real.fill(key, token, storedEntry, nanos);
    }

    @Override
    public void begin(EntryKey key, String write, long nanos) {
        announced.putIfAbsent(write, world.now());
        real.begin(key, write, nanos);
    }

    @Override
    public boolean endWith(EntryKey key, String write, Duration settle, StoredEntry storedEntry, long nanos) {
        Long since = announced.get(write);
        boolean mayBeLost = world.isRestarted() && (since == null || since - settle.toNanos() <= world.replacedAt());
        if (!isTrusted() || mayBeLost) {
            real.end(key, write, Outcome.COMMITTED, nanos);
            return false;
        }
        return real.endWith(key, write, settle, storedEntry, nanos);
    }
}
