package io.cachedconnection.internal.engine.store;

import java.time.Duration;

/**
 * The time that one lookup, or one step of a write, may still wait for the remote store, over all its calls there. The time of
 * the repository method does not count. Confined to one thread.
 */
public final class Budget {

    private static final int SHARE_OF_THE_LAST_STEP = 10;

    private final long whole;
    private long nanos;
    private long spent;

    public Budget(Duration whole) {
        this.whole = whole.toNanos();
        this.nanos = this.whole;
    }

    /** Remaining nanoseconds. At zero or less, do not ask the store any more. */
    public long left() {
        return nanos;
    }

    /** Nanoseconds for a step that needs a later one: reserves a tenth of the whole budget for it. */
    long leftButForTheLast() {
        return nanos - whole / SHARE_OF_THE_LAST_STEP;
    }

    /** Gives back the time spent since {@code earlier} nanoseconds were left. */
    void restore(long earlier) {
        nanos = earlier;
    }

    void spend(long time) {
        nanos -= time;
        spent += time;
    }

    /** Ends the budget after a failed call, so that the store is not asked again. */
    public void exhaust() {
        nanos = 0;
    }

    /** Restores the whole budget for the next step of a write, unless the store was so slow that all of it is spent. */
    public void refill() {
        if (spent < whole) {
            nanos = whole;
        }
    }
}
