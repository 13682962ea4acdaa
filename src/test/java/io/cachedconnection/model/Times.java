package io.cachedconnection.model;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.StoredEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The lengths of time in the model, and the one key that all is about. */
final class Times {

    static final KeySpace SPACE = KeySpace.of("model", "m");
    static final EntryKey KEY = SPACE.key("1");
    static final KeySpace TAGS = KeySpace.ofTags("m", KeyNames.clear());

    /** The tag of the cache, which an eviction of all by stamp evicts. */
    static final EntryKey OF_CACHE = (EntryKey) SPACE.stamped(TAGS, false).all();

    static final EntryKey TAG = TAGS.key("t");

    /** The key of an entry that carries the stamps of both. */
    static final EntryKey TAGGED = KEY.with(List.of(OF_CACHE, TAG));

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

    /** An entry of {@code key}, with room for stamps if that has tags. */
    static StoredEntry entry(EntryKey key, int version) {
        int tags = key.tags().size();
        byte[] payload = new byte[tags == 0 ? 1 : Stamps.PLACE + 1 + tags * Stamps.BYTES + 1];
        payload[0] = tags == 0 ? 0 : Stamps.MAGIC;
        payload[payload.length - 1] = (byte) version;
        if (tags > 0) {
            payload[1] = Stamps.VERSION;
            payload[Stamps.PLACE] = (byte) tags;
        }
        return new StoredEntry(payload, Duration.ofHours(1));
    }

    /** The version in an entry; -1 if there is none, or it is of another format than those of {@code key}. */
    static int version(EntryKey key, byte[] payload) {
        boolean isOfItsFormat =
                payload != null && (payload.length > 1) != key.tags().isEmpty();
        return isOfItsFormat ? payload[payload.length - 1] : -1;
    }

    static LeaseRequest claim(String token, Duration settle) {
        return new LeaseRequest(token, settle, LEASE, Duration.ofHours(1));
    }
}
