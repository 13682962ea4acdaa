package io.cachedconnection.internal.engine.store;

/**
 * Where the engine tells what an operator should know. The remote store's events come once per change of state or
 * reminder; those about values come as often as they happen. Implementations are thread-safe, quick, and never throw.
 */
public interface EngineEvents {

    /** The remote store does not answer; {@code reason} holds no key and no value. */
    void storeLost(String reason);

    /** The remote store answers again. */
    void storeBack();

    /** A write was not told to the remote store in time, although that is well: others of this application were before it. */
    void writesCrowded();

    /** Evictions that the remote store was not there for are given up: the application ends. */
    void evictionsLost(int number);

    /** Changes in the remote store are not heard, so nothing is kept near; {@code reason} holds no key and no value. */
    void changesUnheard(String reason);

    /** Changes are heard again. */
    void changesHeard();

    /**
     * A load of {@code key} waits for another thread, so a lookup of the same key has not waited for it any longer. By default
     * this is not told.
     */
    default void loadWaits(EntryKey key) {}

    /** What the remote store holds under {@code key} is no value, or none to be taken; it is removed, and loaded again. */
    void undecodable(EntryKey key, UnreadableValueException cause);

    /** The value that was loaded for {@code key} cannot be turned into bytes, so it is not stored. */
    void unencodable(EntryKey key, UnreadableValueException cause);

    /** The value that was loaded for {@code key} takes {@code bytes}, more than {@code limit}, so it is not stored. */
    void tooLarge(EntryKey key, int bytes, int limit);

    /**
     * Events whose failures are made harmless. They end in a log whose handlers are the server's or the user's: one that throws
     * must not fail a lookup, lose an eviction or stop the recovery. Thread-safe.
     */
    final class Guarded implements EngineEvents {

        private final EngineEvents events;

        /** Guards {@code events}. */
        public Guarded(EngineEvents events) {
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
}
