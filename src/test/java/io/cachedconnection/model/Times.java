package io.cachedconnection.model;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Claim;
import io.cachedconnection.internal.core.Entry;
import io.cachedconnection.internal.core.KeySpace;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The lengths of time in the model, and the one key that all is about. */
final class Times {

    static final KeySpace SPACE = KeySpace.of("model", "m");
    static final CacheKey KEY = SPACE.key("1");
    static final String FENCE = KEY.fence();
    static final String FENCE_OF_ALL = SPACE.fence();

    /** What a settle adds to a transaction's age. */
    static final Duration BUDGET = Duration.ofMillis(10);

    /** Long enough for an eviction to lie back further than a transaction that began after it. */
    static final Duration MOMENT = Duration.ofMillis(20);

    static final Duration LEASE = Duration.ofMillis(100);
    static final Duration MAX_TRANSACTION_AGE = Duration.ofSeconds(1);
    static final Duration FOR_EVER = Duration.ofDays(36500);
    static final long NANOS = TimeUnit.SECONDS.toNanos(20);

    private Times() {}

    static Entry entry(int version) {
        return new Entry(new byte[] {(byte) version}, Duration.ofHours(1));
    }

    static Claim claim(String token, Duration settle) {
        return new Claim(token, settle, LEASE);
    }
}
