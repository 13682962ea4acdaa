package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.KeySpace;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which Redis a connection leads to: one run of one process, as a replica or in one of its reigns as a master. A master
 * keeps what it has acknowledged for as long as its identity stays the same; with another identity it may have lost evictions,
 * so it is trusted with a cache only after old entries of that cache have been removed from it. There is one object for
 * each identity. Thread-safe.
 */
final class ServerIdentity {

    /** That of a Redis which does not say who it is. It is trusted, since nothing can be found out about it. */
    static final ServerIdentity UNKNOWN = new ServerIdentity("", true, false, false);

    private final String text;
    private final boolean isMaster;
    private final boolean wasPromoted;
    private final boolean mayHaveRival;
    private final Set<KeySpace> trusted = ConcurrentHashMap.newKeySet();

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

    boolean mayHaveRival() {
        return mayHaveRival;
    }

    boolean trusts(KeySpace cache) {
        return this == UNKNOWN || trusted.contains(cache);
    }

    void trust(KeySpace cache) {
        trusted.add(cache);
    }
}
