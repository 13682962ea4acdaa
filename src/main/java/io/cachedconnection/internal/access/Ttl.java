package io.cachedconnection.internal.access;

import io.cachedconnection.internal.core.TtlChoice;
import java.time.Duration;

/** The TTL that a program gives. */
final class Ttl {

    private Ttl() {}

    /** This TTL, whatever is configured. */
    static TtlChoice exactly(Duration ttl) {
        if (ttl.toMillis() < 1) {
            throw new IllegalArgumentException("A TTL is at least one millisecond: " + ttl);
        }
        return TtlChoice.exactly(ttl);
    }
}
