package io.cachedconnection.internal.engine.store;

import java.util.Arrays;

/** A value that is ready to be stored: its own bytes, and the entry that they were wrapped into. */
public final class EncodedValue {

    private final byte[] content;
    private final StoredEntry storedEntry;

    /** A value of bytes that do not change any more. */
    public EncodedValue(byte[] content, StoredEntry storedEntry) {
        this.content = content;
        this.storedEntry = storedEntry;
    }

    /** What is to be stored. */
    public StoredEntry entry() {
        return storedEntry;
    }

    /** The bytes of the value; not to be changed. */
    public byte[] content() {
        return content;
    }

    /** Whether it is of the same value; the entries tell nothing of that, for the same is never wrapped alike twice. */
    boolean hasContentOf(EncodedValue other) {
        return Arrays.equals(content, other.content);
    }
}
