package io.cachedconnection.testing;

import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.telemetry.EngineLog;
import java.util.ArrayList;
import java.util.List;

/** Keeps what the engine tells, and has it logged. */
public class NotedEvents implements EngineEvents {

    private final EngineEvents log = new EngineLog("a Redis of the tests", System::nanoTime);
    private final List<String> noted = new ArrayList<>();

    public synchronized List<String> all() {
        return List.copyOf(noted);
    }

    private synchronized void note(String event) {
        noted.add(event);
    }

    @Override
    public void storeLost(String reason) {
        log.storeLost(reason);
        note("lost");
    }

    @Override
    public void storeBack() {
        log.storeBack();
        note("back");
    }

    @Override
    public void writesCrowded() {
        log.writesCrowded();
        note("writes crowded");
    }

    @Override
    public void evictionsLost(int number) {
        log.evictionsLost(number);
        note("evictions lost: " + number);
    }

    @Override
    public void changesUnheard(String reason) {
        log.changesUnheard(reason);
        note("unheard");
    }

    @Override
    public void changesHeard() {
        log.changesHeard();
        note("heard");
    }

    @Override
    public void loadWaits(EntryKey key) {
        log.loadWaits(key);
        note("load waits");
    }

    @Override
    public void lied(EntryKey key) {
        log.lied(key);
        note("lied");
    }

    @Override
    public void undecodable(EntryKey key, UnreadableValueException cause) {
        log.undecodable(key, ScannedLog.thrown(cause));
        note("undecodable");
    }

    @Override
    public void unencodable(EntryKey key, UnreadableValueException cause) {
        log.unencodable(key, ScannedLog.thrown(cause));
        note("unencodable");
    }

    @Override
    public void tooLarge(EntryKey key, int bytes, int limit) {
        log.tooLarge(key, bytes, limit);
        note("too large");
    }
}
