package io.cachedconnection.internal.engine.store;

import java.time.Duration;

/**
 * What is stored under a key: bytes, and how long they live. The bytes are handed over: the giver does not change
 * them any more.
 */
public final class StoredEntry {

    /** No entry of ours has more bytes. */
    public static final int MOST_BYTES = CacheSettings.MOST_VALUE_BYTES + EntryFormat.MOST_OVERHEAD;

    private final byte[] payload;
    private final Duration life;

    /** An entry that lives for at most {@code life}, a millisecond at least. */
    public StoredEntry(byte[] payload, Duration life) {
        this.payload = payload;
        this.life = life;
    }

    /** The bytes; not to be changed. */
    public byte[] payload() {
        return payload;
    }

    /** How long it lives from when it is stored. */
    public Duration life() {
        return life;
    }

    /** This entry with {@code stamps} in its bytes, which may be the same ones. */
    public StoredEntry with(Stamps stamps) {
        return new StoredEntry(stamps.in(payload), life);
    }
}
