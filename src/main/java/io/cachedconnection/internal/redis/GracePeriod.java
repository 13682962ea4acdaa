package io.cachedconnection.internal.redis;

import java.util.concurrent.TimeUnit;

/**
 * The looks at a wait whose time is over. As a rule there is one. There are more while this process is to blame: a reply has
 * arrived and is not read yet, or the looks themselves come late, because the process was stopped or does not get a processor.
 * Counts looks, for these are what the process could do, but lasts no longer than a moment. Used by one thread.
 */
final class GracePeriod {

    /** The pause between two looks. */
    static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int AFTER_A_LATE_LOOK = 2;
    private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(150);

    private long planned;
    private long end;
    private int looks;
    private int owed;

    /** None yet; the first is planned for {@code deadline}. */
    GracePeriod(long deadline) {
        this.planned = deadline;
    }

    /** One looks at {@code now}. Whether the wait goes on until the next look. */
    boolean goesOn(long now, boolean isHeldUp) {
        owed = now - planned > LATE ? AFTER_A_LATE_LOOK : owed - 1;
        planned = now + PAUSE;
        end = looks++ == 0 ? now + A_MOMENT : end;
        return now - end < 0 && (isHeldUp || owed > 0);
    }
}
