package io.cachedconnection.internal.engine.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A step of a write of one key, of which a store takes many at once.
 *
 * @param write the name of the write
 * @param outcome how the write ended; null if this announces it
 * @param result what takes the place of the old value; null if nothing does
 * @param settle as of {@link RemoteStore#endWith}
 */
public record WriteStep(
        EntryKey key,
        String write,
        @Nullable Outcome outcome,
        @Nullable StoredEntry result,
        Duration settle) {

    /** As {@link RemoteStore#begin}. */
    public static WriteStep begin(EntryKey key, String write) {
        return new WriteStep(key, write, null, null, Duration.ZERO);
    }

    /** As {@link RemoteStore#end}. */
    public static WriteStep end(EntryKey key, String write, Outcome outcome) {
        return new WriteStep(key, write, outcome, null, Duration.ZERO);
    }

    /** As {@link RemoteStore#endWith}. */
    public static WriteStep endWith(EntryKey key, String write, Duration settle, StoredEntry result) {
        return new WriteStep(key, write, Outcome.COMMITTED, result, settle);
    }
}
