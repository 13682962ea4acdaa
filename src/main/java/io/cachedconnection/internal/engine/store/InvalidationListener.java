package io.cachedconnection.internal.engine.store;

import java.time.Duration;
import java.util.Set;

/**
 * Who hears of the changes in the remote store. Called by the store's threads, a few at the same time where the store has
 * several servers; implementations are thread-safe, quick, and never throw.
 */
public interface InvalidationListener {

    /**
     * From now on every change under {@code prefixes} is heard; none is that came before.
     *
     * @param provenAt as in {@link #proven}
     */
    void began(Set<String> prefixes, long provenAt);

    /** From now on changes may go unheard, until it {@link #began begins} again. */
    void lost();

    /** The value under {@code key}, as Redis spells it, has changed or is gone. */
    void changed(String key);

    /** Any value may have changed, or be gone. */
    void allChanged();

    /**
     * Every change has been heard that its writer was told of before this moment.
     *
     * @param nanoTime a moment of {@link System#nanoTime}
     */
    void proven(long nanoTime);

    /** It cannot be heard; {@code reason} holds no key, no value and no secret. Said at every attempt. */
    void failed(String reason);

    /** For how long silence may last before what was heard is worth nothing: how often to {@link #proven prove}. */
    Duration patience();
}
