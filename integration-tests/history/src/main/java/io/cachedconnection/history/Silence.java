package io.cachedconnection.history;

import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.UnreadableValueException;

/** Tells nobody: that Redis comes and goes is what the test is about. What must not happen is printed. */
final class Silence implements EngineEvents {

    @Override
    public void storeLost(String reason) {}

    @Override
    public void storeBack() {}

    @Override
    public void writesCrowded() {}

    @Override
    public void evictionsLost(int number) {}

    @Override
    public void changesUnheard(String reason) {}

    @Override
    public void changesHeard() {}

    @Override
    public void lied(EntryKey key) {
        System.out.println(Node.LIE + key.text());
    }

    @Override
    public void undecodable(EntryKey key, UnreadableValueException cause) {
        System.out.println("Unreadable: " + cause.kind());
    }

    @Override
    public void unencodable(EntryKey key, UnreadableValueException cause) {
        System.out.println("Unwritable: " + cause.kind());
    }

    @Override
    public void tooLarge(EntryKey key, int bytes, int limit) {
        System.out.println("Too large: " + bytes);
    }
}
