package io.cachedconnection.internal.core;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Names for loads and writes: a random one for this node, and a number. Thread-safe. */
public final class Tokens {

    private static final int NODE_BYTES = 12;

    private final String node;
    private final AtomicLong last = new AtomicLong();

    /** The names of a new node. */
    public Tokens() {
        byte[] random = new byte[NODE_BYTES];
        new SecureRandom().nextBytes(random);
        node = HexFormat.of().formatHex(random) + "-";
    }

    /** A name that nobody has had before. */
    public String next() {
        return node + last.incrementAndGet();
    }
}
