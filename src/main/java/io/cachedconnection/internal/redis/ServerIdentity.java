package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.store.KeySpace;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Which Redis a connection leads to: one run of one process, as a replica or in one of its reigns as a master. A master
 * keeps what it has acknowledged for as long as its identity stays the same; with another identity it may have lost evictions,
 * so it is trusted with a cache only after old entries of that cache have been removed from it. There is one object for
 * each identity. Thread-safe.
 */
final class ServerIdentity {

    /** The identity of a Redis which does not say who it is. It is trusted, since nothing can be found out about it. */
    static final ServerIdentity UNKNOWN = new ServerIdentity("", true, false, false);

    /**
     * For how long after a promotion other nodes may still write to the former master, with evictions that the new one does
     * not hear of. A Sentinel finds within a second that the replica has become the master, tells the others every two
     * seconds, and each node asks one every second; the rest is for slow machines.
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
     * An identity that is trusted with nothing yet.
     *
     * @param text names it, in the same way on every node
     * @param isMaster whether it takes writes
     * @param wasPromoted whether it was a replica before it was a master, and so may lack what its master acknowledged
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

    /** Whether other nodes may still write to its former master, so soon after it was met. */
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

    /** The caches that it is trusted with. */
    Set<KeySpace> trusted() {
        return Set.copyOf(trusted);
    }

    /** Another one has come in its place: should this one come back, it has not heard of what that one was told. */
    void leave() {
        left.addAll(trusted);
        trusted.clear();
    }

    /** Whether it was left since it was trusted with {@code cache}, even if a note says otherwise. */
    boolean wasLeft(KeySpace cache) {
        return left.contains(cache);
    }
}
