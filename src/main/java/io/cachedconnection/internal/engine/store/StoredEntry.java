package io.cachedconnection.internal.engine.store;

import java.time.Duration;

/**
 * An entry to store: its bytes and its TTL. The caller does not change the bytes afterwards.
 */
public final class StoredEntry {

    /** The maximum number of bytes of an entry of this library. */
    public static final int MOST_BYTES = CacheSettings.MOST_VALUE_BYTES + EntryFormat.MOST_OVERHEAD;

    private final byte[] payload;
    private final Duration life;

    /** Creates an entry with the TTL {@code life}, at least one millisecond. */
    public StoredEntry(byte[] payload, Duration life) {
        this.payload = payload;
        this.life = life;
    }

    /** Returns the bytes. Do not change them. */
    public byte[] payload() {
        return payload;
    }

    /** Returns the TTL, counted from when it is stored. */
    public Duration life() {
        return life;
    }

    /** Returns this entry with {@code stamps} in its bytes. It may share the array. */
    public StoredEntry with(Stamps stamps) {
        return new StoredEntry(stamps.in(payload), life);
    }
}
