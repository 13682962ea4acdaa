package io.cachedconnection.internal.core;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread, as far as it loads and waits for loads. */
final class LoadingThread {

    private final Thread thread = Thread.currentThread();

    /** The innermost load that this thread makes; only this thread reads and writes it. */
    @Nullable InFlightLoad loading;

    /** The load that this thread waits for; belongs to whoever holds {@link WaitGraph}. */
    @Nullable InFlightLoad waitsFor;

    /**
     * Whether this thread, which belongs to another caller, is waiting for something: perhaps for what another thread does
     * for it. A load that waits for the database does so in its driver, which as a rule is no such waiting; one that sleeps
     * waits for no other.
     */
    boolean isParked() {
        return switch (thread.getState()) {
            case WAITING -> true;
            case TIMED_WAITING -> LockSupport.getBlocker(thread) != null;
            default -> false;
        };
    }

    /** Whether this thread makes a load of {@code key} already. */
    boolean isLoading(EntryKey key) {
        for (InFlightLoad load = loading; load != null; load = load.outer) {
            if (load.key.equals(key)) {
                return true;
            }
        }
        return false;
    }
}
