package io.cachedconnection.model;

import io.cachedconnection.internal.engine.store.EntryKey;
import java.util.List;

/**
 * Who is in a world, and what protects it.
 *
 * @param parties at their beginning
 * @param protection what the protocol goes without
 * @param key the key that all is about
 */
record Setting(List<Party> parties, Protection protection, EntryKey key) {

    static Setting of(Party... parties) {
        return new Setting(List.of(parties), Protection.WHOLE, Times.KEY);
    }

    /** The same about an entry that carries the stamps of its cache and of one more tag. */
    static Setting tagged(Party... parties) {
        return new Setting(List.of(parties), Protection.WHOLE, Times.TAGGED);
    }

    Setting with(Protection other) {
        return new Setting(parties, other, key);
    }
}
