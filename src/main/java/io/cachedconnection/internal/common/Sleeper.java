package io.cachedconnection.internal.common;

import java.util.concurrent.TimeUnit;

/** Lets a thread rest. */
@FunctionalInterface
public interface Sleeper {

    /** Rests this long; false, with the thread's interrupt restored, if it was interrupted. */
    boolean nanos(long length);

    /** The thread sleeps. */
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
