package io.cachedconnection.testing;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.EngineEvents;
import io.cachedconnection.internal.core.UnreadableValueException;
import java.util.ArrayList;
import java.util.List;

/** Keeps what the engine tells. */
public final class NotedEvents implements EngineEvents {

    private final List<String> noted = new ArrayList<>();

    public synchronized List<String> all() {
        return List.copyOf(noted);
    }

    private synchronized void note(String event) {
        noted.add(event);
    }

    @Override
    public void storeLost(String reason) {
        note("lost");
    }

    @Override
    public void storeBack() {
        note("back");
    }

    @Override
    public void evictionsLost(int number) {
        note("evictions lost: " + number);
    }

    @Override
    public void changesUnheard(String reason) {
        note("unheard");
    }

    @Override
    public void changesHeard() {
        note("heard");
    }

    @Override
    public void undecodable(CacheKey key, UnreadableValueException cause) {
        note("undecodable");
    }

    @Override
    public void unencodable(CacheKey key, UnreadableValueException cause) {
        note("unencodable");
    }

    @Override
    public void tooLarge(CacheKey key, int bytes, int limit) {
        note("too large");
    }
}
