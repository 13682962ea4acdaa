package io.cachedconnection.internal.redis;

import java.util.concurrent.TimeUnit;

/** The pauses between attempts: longer each time, unless the last one has worked for a while. */
final class Pauses {

    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);
    private static final long A_WHILE =
            TimeUnit.SECONDS.toNanos(10); // less is what whoever is cut off at once has, too

    private long next; // none before the first attempt

    /** The pause that is due now. */
    long next() {
        return next;
    }

    /** An attempt is over that has worked for {@code nanos}. */
    void after(long nanos) {
        next = nanos >= A_WHILE ? FIRST : Math.min(Math.max(2 * next, FIRST), LONGEST);
    }
}
