package io.cachedconnection.benchmarks.peers;

import java.util.UUID;

/** A cache over Redis, in front of {@link Database}, used as its documentation recommends. Called by many threads at once. */
public interface Peer {

    /** Redis, as a URI: what every peer connects to. */
    static String redis() {
        return System.getProperty("peers.redis");
    }

    /** The cached lookup; on a miss it calls {@link Database#load}. */
    Account find(UUID id) throws Exception;

    /** The write, by {@link Database#write}, that evicts. Returns the version that it wrote. */
    int update(UUID id) throws Exception;

    /** Runs the work in a transaction of the database and rolls it back, integrated as the peer's documentation says. */
    default void rolledBack(Work work) throws Exception {
        Database.begin();
        try {
            work.run();
        } finally {
            Database.rollback();
        }
    }

    /** What runs in a transaction. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }
}
