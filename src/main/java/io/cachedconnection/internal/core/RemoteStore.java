package io.cachedconnection.internal.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The store that all nodes share. Thread-safe. Every call ends within the nanoseconds it is given, whatever the store
 * does, and throws {@link StoreException} for every failure.
 */
public interface RemoteStore extends AutoCloseable {

    /** The bytes under {@code key}; null if there are none. */
    byte @Nullable [] find(CacheKey key, long nanos);

    /** Puts {@code payload} under {@code key} for at most {@code ttl}, whatever was there. */
    void put(CacheKey key, byte[] payload, Duration ttl, long nanos);

    /** Removes what is under {@code key}; true if there was something. */
    boolean remove(CacheKey key, long nanos);

    /** True if there is something under {@code key}. */
    boolean contains(CacheKey key, long nanos);

    @Override
    void close();
}
