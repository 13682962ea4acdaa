package io.cachedconnection.internal.core;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a write puts in the place of an old value.
 *
 * @param entry what to store, as it was when the method returned
 * @param anew makes it once more, of what the value is then
 */
record Result(Entry entry, Supplier<@Nullable Entry> anew) {

    /** What {@code making} makes; null if that is not to be stored. */
    static @Nullable Result of(Supplier<@Nullable Entry> making) {
        Entry entry = making.get();
        return entry == null ? null : new Result(entry, making);
    }

    /**
     * Whether the value still reads the same. A persistence provider changes entities until the commit, their version for
     * one, and a caller may go on with them: then neither what was nor what is need be what the database has.
     */
    boolean isUnchanged() {
        Entry now = anew.get();
        return now != null && Arrays.equals(now.payload(), entry.payload());
    }
}
