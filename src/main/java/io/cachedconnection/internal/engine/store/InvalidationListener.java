package io.cachedconnection.internal.engine.store;

import java.time.Duration;
import java.util.Set;

/**
 * Receives the changes in the remote store. The store's threads call it, several at the same time if it has several servers.
 * Implementations are thread-safe, fast, and never throw.
 */
public interface InvalidationListener {

    /**
     * The stream is up: from now on it reports every change under {@code prefixes}. Earlier changes are not reported.
     *
     * @param provenAt as for {@link #proven}
     */
    void began(Set<String> prefixes, long provenAt);

    /** The stream is down: changes may be missed until it {@link #began begins} again. */
    void lost();

    /** The value under {@code key}, in its Redis spelling, has changed or is gone. */
    void changed(String key);

    /** Any value may have changed or be gone. */
    void allChanged();

    /**
     * The stream has reported every change whose writer got its reply before this moment.
     *
     * @param nanoTime a moment of {@link System#nanoTime}
     */
    void proven(long nanoTime);

    /** An attempt to open the stream failed; {@code reason} holds no key, no value and no secret. Called for each attempt. */
    void failed(String reason);

    /** Returns the longest time without {@link #proven proof} after which the near cache stops serving. */
    Duration patience();
}
