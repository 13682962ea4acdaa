package io.cachedconnection.internal.redis;

/** A way to make connections to one server, or to whichever is the master. Slow, as all that dials. Thread-safe. */
interface ConnectionFactory {

    /** What {@code use} makes of a new connection. */
    <T> T with(Connector.Use<T> use);
}
