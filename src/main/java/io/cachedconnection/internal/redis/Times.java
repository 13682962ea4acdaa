package io.cachedconnection.internal.redis;

import java.time.Duration;

/** Lengths of time as the scripts take them. */
final class Times {

    private Times() {}

    static long micros(Duration length) {
        return length.toNanos() / 1000;
    }

    static long millis(Duration length) {
        return length.toMillis();
    }
}
