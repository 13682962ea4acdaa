package io.cachedconnection.internal.engine.store;

import java.util.Arrays;

/** A value ready to be stored: its own bytes, and the entry that wraps them. */
public final class EncodedValue {

    private final byte[] content;
    private final StoredEntry storedEntry;

    /** Creates a value. The caller does not change the bytes afterwards. */
    public EncodedValue(byte[] content, StoredEntry storedEntry) {
        this.content = content;
        this.storedEntry = storedEntry;
    }

    /** Returns the entry to store. */
    public StoredEntry entry() {
        return storedEntry;
    }

    /** Returns the bytes of the value. Do not change them. */
    public byte[] content() {
        return content;
    }

    /** Whether both have the same value. Compares contents, because entries differ even for equal contents. */
    boolean hasContentOf(EncodedValue other) {
        return Arrays.equals(content, other.content);
    }
}
