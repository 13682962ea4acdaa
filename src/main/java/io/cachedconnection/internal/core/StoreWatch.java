package io.cachedconnection.internal.core;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the remote store answers, as last seen, and who is told when that changes. A failure is told when the store
 * answered before, and once a minute while it goes on failing; that it is back is told at the first answer after a
 * second without failures, so a store that fails now and then does not fill the log. Thread-safe.
 */
final class StoreWatch {

    private static final long QUIET = TimeUnit.SECONDS.toNanos(1);
    private static final long REMINDER = TimeUnit.MINUTES.toNanos(1);

    private final EngineEvents events;
    private final LongSupplier nanoTime;
    private volatile boolean lost; // written under the lock, read without it on every hit
    private long lastFailure; // guarded by this
    private long lastNote; // guarded by this

    StoreWatch(EngineEvents events, LongSupplier nanoTime) {
        this.events = events;
        this.nanoTime = nanoTime;
    }

    void answered() {
        if (lost) {
            recovered();
        }
    }

    synchronized void failed(StoreException failure) {
        if (failure.reason() == StoreException.Reason.INTERRUPTED) {
            return;
        }
        lastFailure = nanoTime.getAsLong();
        if (!lost || lastFailure - lastNote >= REMINDER) {
            lost = true;
            lastNote = lastFailure;
            events.storeLost(String.valueOf(failure.getMessage()));
        }
    }

    private synchronized void recovered() {
        if (lost && nanoTime.getAsLong() - lastFailure >= QUIET) {
            lost = false;
            events.storeBack();
        }
    }
}
