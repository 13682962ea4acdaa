package io.cachedconnection.internal.common;

import java.util.HexFormat;

/** Creates names for loads and writes that are unique across all nodes. Thread-safe. */
public final class Tokens {

    private static final int BYTES = 16;

    private final FreshBytes bytes;

    /** Creates the source of names for this node. */
    public Tokens() {
        this(new FreshBytes());
    }

    Tokens(FreshBytes bytes) {
        this.bytes = bytes;
    }

    /** Returns a new name. */
    public String next() {
        return HexFormat.of().formatHex(bytes.next(BYTES));
    }
}
