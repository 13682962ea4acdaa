package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.store.KeySpace;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The identity of a Redis: one run of one process, as a replica or in one of its terms as master. A master keeps acknowledged
 * writes while its identity stays the same. With another identity it may have lost evictions, so it is trusted with a cache
 * only after that cache's old entries have been removed from it. There is one object per identity. Thread-safe.
 */
final class ServerIdentity {

    /** The identity of a Redis that does not reveal it. It is trusted, because nothing can be found out. */
    static final ServerIdentity UNKNOWN = new ServerIdentity("", true, false, false);

    /**
     * How long after a promotion other nodes may still write to the former master, with evictions that the new one misses. A
     * Sentinel notices the new master within a second, tells the others every two seconds, and each node asks one every second;
     * the rest is for slow machines.
     */
    private static final long RIVALRY = TimeUnit.SECONDS.toNanos(5);

    private final String text;
    private final boolean isMaster;
    private final boolean wasPromoted;
    private final boolean mayHaveRival;
    private final long met = System.nanoTime();
    private final Set<KeySpace> trusted = ConcurrentHashMap.newKeySet();
    private final Set<KeySpace> left = ConcurrentHashMap.newKeySet();

    /**
     * Creates an identity that is trusted with no cache.
     *
     * @param text its name, the same on every node
     * @param isMaster whether it accepts writes
     * @param wasPromoted whether it was a replica before, and may lack acknowledged writes of its master
     * @param mayHaveRival whether other nodes may still write to its former master
     */
    ServerIdentity(String text, boolean isMaster, boolean wasPromoted, boolean mayHaveRival) {
        this.text = text;
        this.isMaster = isMaster;
        this.wasPromoted = wasPromoted;
        this.mayHaveRival = mayHaveRival;
    }

    String text() {
        return text;
    }

    boolean isKnown() {
        return this != UNKNOWN;
    }

    boolean isMaster() {
        return isMaster;
    }

    boolean wasPromoted() {
        return wasPromoted;
    }

    /** Whether other nodes may still write to its former master, because it was met only recently. */
    boolean mayHaveRival() {
        return mayHaveRival && System.nanoTime() - met < RIVALRY;
    }

    boolean trusts(KeySpace cache) {
        return this == UNKNOWN || trusted.contains(cache);
    }

    void trust(KeySpace cache) {
        left.remove(cache);
        trusted.add(cache);
    }

    /** Returns the caches that it is trusted with. */
    Set<KeySpace> trusted() {
        return Set.copyOf(trusted);
    }

    /** Records that another one has replaced it: if this one returns, it has missed the other's evictions. */
    void leave() {
        left.addAll(trusted);
        trusted.clear();
    }

    /** Whether it was replaced since it was trusted with {@code cache}, even if a note in Redis says otherwise. */
    boolean wasLeft(KeySpace cache) {
        return left.contains(cache);
    }
}
