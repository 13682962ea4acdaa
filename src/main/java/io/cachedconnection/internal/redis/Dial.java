package io.cachedconnection.internal.redis;

/** A way to make connections to one server, or to whichever is the master. Slow, as all that dials. Thread-safe. */
interface Dial {

    /** What {@code use} makes of a new connection. */
    <T> T with(Dialer.Use<T> use);
}
