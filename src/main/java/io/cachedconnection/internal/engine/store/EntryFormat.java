package io.cachedconnection.internal.engine.store;

import java.time.Duration;

/**
 * Wraps the bytes of one type of values into the entries of one cache: bare, or with the data that a reader checks before it
 * trusts them. Thread-safe.
 */
public interface EntryFormat {

    /** The maximum number of bytes that wrapping adds. */
    int MOST_OVERHEAD = 256;

    /** Longer than any TTL. */
    Duration FOR_EVER = Duration.ofDays(36500);

    /** Returns the format that stores the bytes unchanged. */
    static EntryFormat none() {
        return None.INSTANCE;
    }

    /** Wraps the bytes of a value for storage under {@code key}. */
    byte[] wrapped(EntryKey key, byte[] content, EntryMetadata metadata) throws UnreadableValueException;

    /**
     * Unwraps the bytes of a value.
     *
     * @param limit the maximum number of bytes
     * @throws UnreadableValueException if {@code payload} was not wrapped in this format for this key
     */
    byte[] unwrapped(EntryKey key, byte[] payload, int limit) throws UnreadableValueException;

    /** Returns for how long the value that was just unwrapped from {@code payload} may be kept elsewhere. */
    default Duration life(byte[] payload) throws UnreadableValueException {
        return FOR_EVER;
    }

    /** The format that stores the bytes unchanged. */
    enum None implements EntryFormat {
        /** The only instance; it has no state. */
        INSTANCE;

        @Override
        public byte[] wrapped(EntryKey key, byte[] content, EntryMetadata metadata) {
            return content;
        }

        @Override
        public byte[] unwrapped(EntryKey key, byte[] payload, int limit) throws UnreadableValueException {
            if (payload.length > limit) {
                throw new UnreadableValueException("more bytes than max-value-bytes");
            }
            return payload;
        }
    }

    /**
     * Metadata of a value when it is stored.
     *
     * @param life its TTL
     * @param cost how long it took to load; zero if unknown
     */
    record EntryMetadata(Duration life, Duration cost) {}
}
