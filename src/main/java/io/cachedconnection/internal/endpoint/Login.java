package io.cachedconnection.internal.endpoint;

/** Who logs in to Redis. Asked for every connection, so that a password can be rotated at run time. Thread-safe. */
@FunctionalInterface
public interface Login {

    /** What holds now. May read a file, so it is never called on a caller's thread. */
    Credentials current();
}
