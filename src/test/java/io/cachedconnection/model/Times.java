package io.cachedconnection.model;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoredEntry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The lengths of time in the model, and the one key that all is about. */
final class Times {

    static final KeySpace SPACE = KeySpace.of("model", "m");
    static final EntryKey KEY = SPACE.key("1");
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

    static StoredEntry entry(int version) {
        return new StoredEntry(new byte[] {(byte) version}, Duration.ofHours(1));
    }

    static LeaseRequest claim(String token, Duration settle) {
        return new LeaseRequest(token, settle, LEASE);
    }
}
