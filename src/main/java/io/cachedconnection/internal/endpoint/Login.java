package io.cachedconnection.internal.endpoint;

/** Supplies credentials for Redis. Each connection asks for them, so passwords can be rotated at run time. Thread-safe. */
@FunctionalInterface
public interface Login {

    /** Returns the current credentials. May read a file, so it is never called on a caller's thread. */
    Credentials current();
}
