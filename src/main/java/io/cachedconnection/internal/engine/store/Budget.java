package io.cachedconnection.internal.engine.store;

import java.time.Duration;

/**
 * The time that one lookup, or what a write does at one moment, may still wait for the remote store, over all its calls there; what
 * the repository takes does not count. Owned by the one thread that does it.
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

    /** Nanoseconds; zero or less means that the store is not to be asked any more. */
    public long left() {
        return nanos;
    }

    /** Nanoseconds for a step after which another one must be possible: a tenth of the whole is kept for that. */
    long leftButForTheLast() {
        return nanos - whole / SHARE_OF_THE_LAST_STEP;
    }

    /** What was asked since there was this much left does not count. */
    void restore(long earlier) {
        nanos = earlier;
    }

    void spend(long time) {
        nanos -= time;
        spent += time;
    }

    /** After one failed call the store is not asked again. */
    public void exhaust() {
        nanos = 0;
    }

    /** For the next step of a write: the whole once more, but for a store that is so slow that as much is spent already. */
    public void refill() {
        if (spent < whole) {
            nanos = whole;
        }
    }
}
