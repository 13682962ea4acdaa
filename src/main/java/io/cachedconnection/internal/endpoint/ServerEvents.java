package io.cachedconnection.internal.endpoint;

/**
 * Where the remote store tells what an operator should know of its servers, once for each, and of what is in them.
 * Implementations are thread-safe, quick, and never throw.
 */
public interface ServerEvents {

    /** Tells nothing. */
    ServerEvents NONE = new ServerEvents() {};

    /** {@code server} does not say which one it is, so that it goes unnoticed when it is another one. */
    default void serverUnknown(String server) {}

    /** {@code server} was restarted or promoted with entries in it, which have been removed since they may be old. */
    default void serverReplaced(String server) {}

    /** {@code server} removes keys when its memory is full, by {@code policy}. */
    default void serverForgets(String server, String policy) {}

    /** {@code server} has replicas, and goes on writing when it can reach none of them. */
    default void serverWritesAlone(String server) {}

    /** A fence of {@code cache} held what no node can have meant, and was mended. Told each time. */
    default void fenceMended(String cache) {}
}
