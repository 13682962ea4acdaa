package io.cachedconnection.internal.engine.store;

import io.cachedconnection.internal.common.SafeCalls;

/**
 * Receives the engine's events for the operator. Events about the remote store come once per change of state or reminder.
 * Events about values come as often as they happen. Implementations are thread-safe, fast, and never throw.
 */
public interface EngineEvents {

    /** The remote store does not answer; {@code reason} holds no key and no value. */
    void storeLost(String reason);

    /** The remote store answers again. */
    void storeBack();

    /**
     * A write could not be announced in time because other writes of this application used all connections. The store is well.
     */
    void writesCrowded();

    /** The application ends, and this many evictions could not be delivered. */
    void evictionsLost(int number);

    /** The invalidation stream is down, so the near cache is off; {@code reason} holds no key and no value. */
    void changesUnheard(String reason);

    /** The invalidation stream is up again. */
    void changesHeard();

    /**
     * A load of {@code key} waits for another thread, so a lookup of the same key stopped waiting for it. Ignored by default.
     */
    default void loadWaits(EntryKey key) {}

    /** Which lookups are reported one by one. */
    enum Detail {
        /** No lookups. */
        NONE,
        /** Lookups that loaded. */
        LOADS,
        /** All lookups. */
        ALL
    }

    /** Returns which lookups to report from now on; called once a second. None by default. */
    default Detail followed() {
        return Detail.NONE;
    }

    /** A lookup of {@code key} has ended; {@code trail} names the events counted on its way. */
    default void lookedUp(EntryKey key, String trail, long nanos) {}

    /**
     * A hit of {@code key} differs from what the method returns, and no write explains it: something writes past the cache. The
     * entry is evicted. Ignored by default.
     */
    default void lied(EntryKey key) {}

    /** The entry under {@code key} is unreadable or untrusted. It is removed and loaded again. */
    void undecodable(EntryKey key, UnreadableValueException cause);

    /** The value loaded for {@code key} cannot be encoded, so it is not stored. */
    void unencodable(EntryKey key, UnreadableValueException cause);

    /** The value loaded for {@code key} takes {@code bytes}, more than {@code limit}, so it is not stored. */
    void tooLarge(EntryKey key, int bytes, int limit);

    /**
     * Swallows the failures of an event receiver. Events end in a log whose handlers belong to the server or the user: a
     * handler that throws must not fail a lookup, lose an eviction or stop the recovery. Thread-safe.
     */
    final class Guarded implements EngineEvents {

        private final EngineEvents events;

        /** Creates a guard around {@code events}. */
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
        public Detail followed() {
            return SafeCalls.or(Detail.NONE, events::followed);
        }

        @Override
        public void lookedUp(EntryKey key, String trail, long nanos) {
            tell(() -> events.lookedUp(key, trail, nanos));
        }

        @Override
        public void lied(EntryKey key) {
            tell(() -> events.lied(key));
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
