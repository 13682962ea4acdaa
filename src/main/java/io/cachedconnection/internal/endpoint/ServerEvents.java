package io.cachedconnection.internal.endpoint;

/**
 * Receives what an operator should know about the servers, once for each server, and about their content. Implementations are
 * thread-safe and fast, and never throw.
 */
public interface ServerEvents {

    /** Ignores all events. */
    ServerEvents NONE = new ServerEvents() {};

    /** {@code server} does not report its identity, so its replacement by another server goes unnoticed. */
    default void serverUnknown(String server) {}

    /** {@code server} was restarted or promoted with entries that may be stale. They have been removed. */
    default void serverReplaced(String server) {}

    /** {@code server} evicts keys by {@code policy} when its memory is full. */
    default void serverForgets(String server, String policy) {}

    /** {@code server} has replicas, and accepts writes while it can reach none of them. */
    default void serverWritesAlone(String server) {}

    /** A fence of {@code cache} had invalid content and was repaired. Called each time. */
    default void fenceMended(String cache) {}
}
