package io.cachedconnection.internal.core;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a write puts in the place of an old value.
 *
 * @param parcel what to store, as it was when the method returned
 * @param anew makes it once more, of what the value is then
 */
record Result(EncodedValue parcel, Supplier<@Nullable EncodedValue> anew) {

    /** What {@code making} makes; null if that is not to be stored. */
    static @Nullable Result of(Supplier<@Nullable EncodedValue> making) {
        EncodedValue parcel = making.get();
        return parcel == null ? null : new Result(parcel, making);
    }

    /**
     * The same, made of what the value is now; null unless that still reads the same. A persistence provider changes entities
     * until the commit, their version for one, and a caller may go on with them: then neither what was nor what is need be
     * what the database has.
     */
    @Nullable Result again() {
        EncodedValue now = anew.get();
        return now != null && now.hasContentOf(parcel) ? new Result(now, anew) : null;
    }
}
