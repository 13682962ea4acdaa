package io.cachedconnection.internal.config;

/** How a cache handles JPA entities. */
public enum EntityPolicy {
    /** A method that returns an entity stops the deployment. */
    REFUSED,
    /** Hits and misses hand out detached copies. */
    DETACHED
}
