package io.cachedconnection.internal.engine.store;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether the remote store answers, as last seen, and who is told when that changes. A failure is told at once, but no more
 * than one a minute, whether it goes on or comes and goes. A single time-out is not told, unless the store is left alone for it:
 * only a second one, of a call that began after the first, with no answer in between. So neither a stall of one moment nor a crowd is taken for an outage. That
 * the store is back is told, if the failure was, when what failed has gone well again and a second has passed without failures:
 * a store that reads but does not write, or fails now and then, is not back and does not fill the log. Thread-safe.
 */
public final class StoreHealth {

    /** What is asked of the store. */
    enum Operation {
        /** A question. */
        READ,
        /** A step of a lookup that changes something: a full store refuses it, and takes those of writes. */
        STORE,
        /** A step of a write. */
        WRITE
    }

    private static final long QUIET = TimeUnit.SECONDS.toNanos(1);
    private static final long REMINDER = TimeUnit.MINUTES.toNanos(1);

    private final EngineEvents events;
    private final BooleanSupplier isCalm; // nothing of the store is left alone
    private final LongSupplier nanoTime;
    private volatile boolean lost; // written under the lock, read without it on every hit
    private final Set<Operation> failing = EnumSet.noneOf(Operation.class); // guarded by this, as all below
    private boolean told; // that it is lost
    private boolean isRefusal; // the last failure was: the store is there, but does not take what it was asked
    private boolean isAnswered; // a question of any kind, since the last failure
    private long firstFailure; // since something was answered
    private long lastFailure;
    private long lastNote;

    public StoreHealth(EngineEvents events, BooleanSupplier isCalm, LongSupplier nanoTime) {
        this.events = events;
        this.isCalm = isCalm;
        this.nanoTime = nanoTime;
        this.lastNote = nanoTime.getAsLong() - REMINDER;
    }

    /** Whether the store has failed, as last seen. Costs next to nothing. */
    boolean isLost() {
        return lost;
    }

    /**
     * Whether the background should ask the store if it is back. Callers may ask nothing, because the near cache serves them. A
     * store that refuses is left to callers: a harmless question does not show whether it takes theirs.
     */
    synchronized boolean isQuestionDue() {
        return lost && !isRefusal && nanoTime.getAsLong() - lastFailure >= QUIET;
    }

    void answered(Operation kind) {
        boolean isBack = lost && SafeCalls.or(true, isCalm::getAsBoolean); // else some of it is not back
        if (isBack && isReturnToTell(kind)) {
            events.storeBack();
        }
    }

    /** A call has failed that began at {@code start}. */
    void failed(Operation kind, StoreException failure, long start) {
        if (failure.reason() == Reason.CROWDED && kind == Operation.WRITE && !lost) {
            events.writesCrowded();
        } else if (failure.reason().isAboutTheStore() && isLossToTell(kind, failure.reason(), start)) {
            events.storeLost(String.valueOf(failure.getMessage())); // without the lock: no call waits for a slow log
        }
    }

    private synchronized boolean isLossToTell(Operation kind, Reason reason, long start) {
        boolean isFirst = failing.isEmpty() || isAnswered;
        isAnswered = false;
        failing.add(kind);
        lastFailure = nanoTime.getAsLong();
        firstFailure = isFirst ? lastFailure : firstFailure;
        isRefusal = reason != Reason.TIMEOUT && reason != Reason.CONNECTION;
        lost = true;
        boolean mayPass =
                reason == Reason.TIMEOUT && start - firstFailure <= 0 && SafeCalls.or(true, isCalm::getAsBoolean);
        if (mayPass || lastFailure - lastNote < REMINDER) {
            return false;
        }
        told = true;
        lastNote = lastFailure;
        return true;
    }

    private synchronized boolean isReturnToTell(Operation kind) {
        failing.remove(kind);
        isAnswered = true;
        if (!lost || !failing.isEmpty() || nanoTime.getAsLong() - lastFailure < QUIET) {
            return false;
        }
        lost = false;
        boolean tell = told;
        told = false;
        return tell;
    }
}
