package io.cachedconnection.internal.core;

import java.security.Key;
import java.util.List;

/**
 * The keys of values: the first one encrypts, and what any of them has encrypted can be read.
 *
 * @param keys of AES with 256 bits; at least one, none twice
 */
public record KeyRing(List<Key> keys) {

    /** A ring of these keys. */
    public KeyRing {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("A ring has a key.");
        }
    }

    /** Their number and nothing else. */
    @Override
    public String toString() {
        return "KeyRing[" + keys.size() + "]";
    }
}
