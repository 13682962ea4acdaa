package io.cachedconnection.outages;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waiting for servers, with an end. */
final class Patience {

    private static final long LIMIT = TimeUnit.SECONDS.toNanos(60);

    private Patience() {}

    /** Returns when {@code condition} holds, and fails if it never does. */
    static void until(String what, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > LIMIT) {
                throw new IllegalStateException("In vain it was waited until " + what + ".");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
