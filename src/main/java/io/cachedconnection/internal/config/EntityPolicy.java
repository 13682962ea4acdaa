package io.cachedconnection.internal.config;

/** What a cache does with JPA entities. */
public enum EntityPolicy {
    /** A method that returns one stops the deployment. */
    REFUSED,
    /** Hits and misses hand out detached copies. */
    DETACHED
}
