package io.cachedconnection.internal.core;

/**
 * Events whose failures are made harmless. They end in a log whose handlers are the server's or the user's: one that throws
 * must not fail a lookup, lose an eviction or stop the recovery. Nobody can be told that telling does not work. Thread-safe.
 */
final class GuardedEvents implements EngineEvents {

    private final EngineEvents events;

    GuardedEvents(EngineEvents events) {
        this.events = events;
    }

    private static void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            return; // also at the end of the application, whose classes may be gone, and deep in a caller's stack
        }
    }

    @Override
    public void storeLost(String reason) {
        tell(() -> events.storeLost(reason));
    }

    @Override
    public void storeBack() {
        tell(events::storeBack);
    }

    @Override
    public void writesCrowded() {
        tell(events::writesCrowded);
    }

    @Override
    public void evictionsLost(int number) {
        tell(() -> events.evictionsLost(number));
    }

    @Override
    public void changesUnheard(String reason) {
        tell(() -> events.changesUnheard(reason));
    }

    @Override
    public void changesHeard() {
        tell(events::changesHeard);
    }

    @Override
    public void loadWaits(EntryKey key) {
        tell(() -> events.loadWaits(key));
    }

    @Override
    public void undecodable(EntryKey key, UnreadableValueException cause) {
        tell(() -> events.undecodable(key, cause));
    }

    @Override
    public void unencodable(EntryKey key, UnreadableValueException cause) {
        tell(() -> events.unencodable(key, cause));
    }

    @Override
    public void tooLarge(EntryKey key, int bytes, int limit) {
        tell(() -> events.tooLarge(key, bytes, limit));
    }
}
