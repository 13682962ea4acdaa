package io.cachedconnection.internal.common;

import java.util.HexFormat;

/** Names for loads and writes, which no two of all nodes share. Thread-safe. */
public final class Tokens {

    private static final int BYTES = 16;

    private final FreshBytes bytes;

    /** The names of this node. */
    public Tokens() {
        this(new FreshBytes());
    }

    Tokens(FreshBytes bytes) {
        this.bytes = bytes;
    }

    /** A name that was not given before. */
    public String next() {
        return HexFormat.of().formatHex(bytes.next(BYTES));
    }
}
