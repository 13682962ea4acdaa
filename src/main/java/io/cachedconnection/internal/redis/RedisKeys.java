package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.EntryKey;
import io.cachedconnection.internal.core.KeySpace;

/** What Redis calls things. */
final class RedisKeys {

    private RedisKeys() {}

    static byte[] of(EntryKey key) {
        return key.text().getBytes(UTF_8);
    }

    /** The fence of a key. */
    static byte[] fence(EntryKey key) {
        return key.fence().getBytes(UTF_8);
    }

    /** Where the servers are noted that are trusted with a cache. */
    static byte[] servers(KeySpace space) {
        return space.servers().getBytes(UTF_8);
    }

    /** The fence of a cache. */
    static byte[] fence(KeySpace space) {
        return space.fence().getBytes(UTF_8);
    }
}
