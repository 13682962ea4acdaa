package io.cachedconnection.internal.engine.store;

import java.time.Duration;

/**
 * How the bytes of one type of values stand in the entries of one cache: bare, or with what a reader needs to know before it
 * trusts them. Thread-safe.
 */
public interface EntryFormat {

    /** The most bytes by which what is wrapped is longer than what it was made of. */
    int MOST_OVERHEAD = 256;

    /** Longer than anything lives. */
    Duration FOR_EVER = Duration.ofDays(36500);

    /** The bytes as they are. */
    static EntryFormat none() {
        return None.INSTANCE;
    }

    /** What is to stand in the store under {@code key} for the value of these bytes. */
    byte[] wrapped(EntryKey key, byte[] content, EntryMetadata metadata) throws UnreadableValueException;

    /**
     * The bytes of the value again.
     *
     * @param limit of which there may be no more
     * @throws UnreadableValueException if {@code payload} was not wrapped in this format for this key
     */
    byte[] unwrapped(EntryKey key, byte[] payload, int limit) throws UnreadableValueException;

    /** For how long what was just unwrapped from {@code payload} may be kept elsewhere. */
    default Duration life(byte[] payload) throws UnreadableValueException {
        return FOR_EVER;
    }

    /** The wrapping that is none. */
    enum None implements EntryFormat {
        /** It has no state. */
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
     * What is known of a value when it is stored.
     *
     * @param life how long it is to live
     * @param cost how long it took to load; zero if that is unknown
     */
    record EntryMetadata(Duration life, Duration cost) {}
}
