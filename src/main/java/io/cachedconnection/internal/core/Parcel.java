package io.cachedconnection.internal.core;

import java.util.Arrays;

/** A value that is ready to be stored: its own bytes, and the entry that they were wrapped into. */
public final class Parcel {

    private final byte[] content;
    private final Entry entry;

    /** A parcel of bytes that nobody else changes any more. */
    public Parcel(byte[] content, Entry entry) {
        this.content = content;
        this.entry = entry;
    }

    /** What is to be stored. */
    Entry entry() {
        return entry;
    }

    /** The bytes of the value; not to be changed. */
    byte[] content() {
        return content;
    }

    /** Whether it is of the same value; the entries tell nothing of that, for the same is never wrapped alike twice. */
    boolean hasContentOf(Parcel other) {
        return Arrays.equals(content, other.content);
    }
}
