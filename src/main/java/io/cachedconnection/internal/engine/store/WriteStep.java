package io.cachedconnection.internal.engine.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A step of a write of one key. A store takes many in one batch.
 *
 * @param write the unique name of the write
 * @param outcome how the write ended; null for an announcement
 * @param result the new value; null for none
 * @param settle as for {@link RemoteStore#endWith}
 */
public record WriteStep(
        EntryKey key,
        String write,
        @Nullable Outcome outcome,
        @Nullable StoredEntry result,
        Duration settle) {

    /** Creates the step of {@link RemoteStore#begin}. */
    public static WriteStep begin(EntryKey key, String write) {
        return new WriteStep(key, write, null, null, Duration.ZERO);
    }

    /** Creates the step of {@link RemoteStore#end}. */
    public static WriteStep end(EntryKey key, String write, Outcome outcome) {
        return new WriteStep(key, write, outcome, null, Duration.ZERO);
    }

    /** Creates the step of {@link RemoteStore#endWith}. */
    public static WriteStep endWith(EntryKey key, String write, Duration settle, StoredEntry result) {
        return new WriteStep(key, write, Outcome.COMMITTED, result, settle);
    }
}
