package io.cachedconnection.internal.common;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * A periodic task that continues after a round that throws. An executor drops a periodic task that throws; without the clock no
 * call would time out, and without the recovery no circuit breaker would close.
 */
public final class ResilientTask implements Runnable {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    private final Runnable round;

    /** Creates a task that runs {@code round} each time. */
    public ResilientTask(Runnable round) {
        this.round = round;
    }

    @Override
    public void run() {
        try {
            round.run();
        } catch (RuntimeException | Error e) { // logged with its message, because it is a defect, or the platform's
            SafeCalls.or(false, () -> {
                LOG.log(Level.DEBUG, "A background task has failed and will be retried.", e);
                return true;
            });
        }
    }
}
