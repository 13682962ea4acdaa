package io.cachedconnection.internal.access;

import io.cachedconnection.internal.core.TtlChoice;
import java.time.Duration;
import java.util.Objects;

/** The TTL that a program gives. */
final class Ttl {

    // As in annotations and settings.
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Ttl() {}

    /** This TTL, whatever is configured. */
    static TtlChoice exactly(Duration ttl) {
        Objects.requireNonNull(ttl, "The TTL is null.");
        if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A TTL is a duration from 1 millisecond to 3650 days: " + ttl);
        }
        return TtlChoice.exactly(ttl);
    }
}
