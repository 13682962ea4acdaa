package io.cachedconnection.internal.core;

/** Where an answer came from. */
public enum Source {
    /** The memory of this node. */
    NEAR,
    /** The remote store. */
    REDIS,
    /** The repository method. */
    REPOSITORY
}
