package io.cachedconnection.internal.core;

/**
 * Where the remote store tells of its servers what an operator should know; each is told once for each server. Implementations
 * are thread-safe, quick, and never throw.
 */
public interface ServerEvents {

    /** Nobody is told. */
    ServerEvents NONE = new ServerEvents() {
        @Override
        public void serverUnknown(String server) {}

        @Override
        public void serverReplaced(String server) {}

        @Override
        public void serverForgets(String server, String policy) {}

        @Override
        public void serverWritesAlone(String server) {}
    };

    /** {@code server} does not say which one it is, so that it goes unnoticed when it is another one. */
    void serverUnknown(String server);

    /** {@code server} was restarted or promoted with entries in it, which have been removed since they may be old. */
    void serverReplaced(String server);

    /** {@code server} removes keys when its memory is full, by {@code policy}. */
    void serverForgets(String server, String policy);

    /** {@code server} has replicas, and goes on writing when it can reach none of them. */
    void serverWritesAlone(String server);
}
