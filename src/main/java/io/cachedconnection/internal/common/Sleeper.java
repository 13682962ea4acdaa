package io.cachedconnection.internal.common;

import java.util.concurrent.TimeUnit;

/** Suspends a thread. */
@FunctionalInterface
public interface Sleeper {

    /** Sleeps for this time; false, with the interrupt restored, if the thread was interrupted. */
    boolean nanos(long length);

    /** Returns a sleeper that really sleeps. */
    static Sleeper sleeping() {
        return length -> {
            try {
                TimeUnit.NANOSECONDS.sleep(length);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }
}
