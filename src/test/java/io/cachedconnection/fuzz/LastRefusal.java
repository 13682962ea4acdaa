package io.cachedconnection.fuzz;

import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.UnreadableValueException;

/** Keeps why the last entry was refused; everything else that an engine may tell is a surprise here. For one thread. */
final class LastRefusal implements EngineEvents {

    private UnreadableValueException cause;

    /** Why the entry was refused; null if it was not. Asked once. */
    UnreadableValueException taken() {
        UnreadableValueException taken = cause;
        cause = null;
        return taken;
    }

    @Override
    public void undecodable(EntryKey key, UnreadableValueException cause) {
        if (this.cause != null) {
            throw new AssertionError("Two refusals of one entry.");
        }
        this.cause = cause;
    }

    @Override
    public void storeLost(String reason) {
        throw new AssertionError(reason);
    }

    @Override
    public void storeBack() {
        throw new AssertionError("The store was never away.");
    }

    @Override
    public void writesCrowded() {
        throw new AssertionError();
    }

    @Override
    public void evictionsLost(int number) {
        throw new AssertionError(number);
    }

    @Override
    public void changesUnheard(String reason) {
        throw new AssertionError(reason);
    }

    @Override
    public void changesHeard() {
        throw new AssertionError("Nobody listens.");
    }

    @Override
    public void unencodable(EntryKey key, UnreadableValueException cause) {
        throw new AssertionError(cause.kind());
    }

    @Override
    public void tooLarge(EntryKey key, int bytes, int limit) {
        throw new AssertionError(bytes);
    }
}
