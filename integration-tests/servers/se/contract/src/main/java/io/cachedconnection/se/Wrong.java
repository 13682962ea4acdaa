package io.cachedconnection.se;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;

/** A class with wrong annotations; no bean unless a test makes it one. */
public class Wrong {

    @CachedConnection
    public void returnsNothing(long id) {}

    @CachedConnection(key = "{ide}")
    public String unknownName(long id) {
        return "";
    }

    @EvictConnection(cache = "nowhere")
    public void writesNowhere(long id) {}
}
