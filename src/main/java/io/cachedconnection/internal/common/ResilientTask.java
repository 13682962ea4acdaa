package io.cachedconnection.internal.common;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * A periodic task that goes on after a round that throws: an executor forgets one that throws, and without the
 * clock no call is ever cut, without the recovery no breaker ever closed.
 */
public final class ResilientTask implements Runnable {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    private final Runnable round;

    /** A task that does {@code round} each time. */
    public ResilientTask(Runnable round) {
        this.round = round;
    }

    @Override
    public void run() {
        try {
            round.run();
        } catch (RuntimeException | Error e) { // as it comes, for it is a defect, or the platform's
            SafeCalls.or(false, () -> {
                LOG.log(Level.DEBUG, "A task of the background has failed; it is done again.", e);
                return true;
            });
        }
    }
}
