package io.cachedconnection.model;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Claim;
import io.cachedconnection.internal.core.Entry;
import io.cachedconnection.internal.core.Grant;
import io.cachedconnection.internal.core.Grant.Verdict;
import io.cachedconnection.internal.core.Outcome;
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
    public byte[] find(CacheKey key, long nanos) {
        return isTrusted() ? real.find(key, nanos) : null;
    }

    @Override
    public Grant acquire(CacheKey key, Claim claim, long nanos) {
        if (!isTrusted()) {
            return Grant.of(Verdict.FENCED);
        }
        long settle = claim.settle().toNanos();
        boolean isOld = settle > 0 && world.isRestarted() && world.now() - world.replacedAt() <= settle;
        return isOld && real.find(key, nanos) == null ? Grant.of(Verdict.OLD) : real.acquire(key, claim, nanos);
    }

    @Override
    public boolean fill(CacheKey key, String token, Entry entry, long nanos) {
        return isTrusted() && real.fill(key, token, entry, nanos);
    }

    @Override
    public void begin(CacheKey key, String write, long nanos) {
        announced.putIfAbsent(write, world.now());
        real.begin(key, write, nanos);
    }

    @Override
    public boolean endWith(CacheKey key, String write, Duration settle, Entry entry, long nanos) {
        Long since = announced.get(write);
        boolean mayBeLost = world.isRestarted() && (since == null || since - settle.toNanos() <= world.replacedAt());
        if (!isTrusted() || mayBeLost) {
            real.end(key, write, Outcome.COMMITTED, nanos);
            return false;
        }
        return real.endWith(key, write, settle, entry, nanos);
    }
}
