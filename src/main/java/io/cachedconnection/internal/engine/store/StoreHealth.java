package io.cachedconnection.internal.engine.store;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tracks whether the remote store answers, and reports changes. A failure is reported at once, but at most once a minute, even
 * if failures come and go. A single timeout is not reported unless it opens the circuit breaker: only a second timeout, of a
 * call that began after the first, with no reply in between, is. So neither a short stall nor many callers look like an outage.
 * Recovery is reported after a reported failure, when each kind of call that failed has succeeded and a second has passed
 * without failures: a store that only reads, or fails now and then, does not fill the log. Thread-safe.
 */
public final class StoreHealth {

    /**
     * The last known state of the store.
     *
     * @param wasSeen whether it has answered since the application started
     * @param lostFor how long ago the first failure was, if not all kinds of failed calls have succeeded since; null if it is
     *     well
     */
    public record State(boolean wasSeen, @Nullable Duration lostFor) {}

    /** The kind of a call. */
    enum Operation {
        /** A read. */
        READ,
        /** A step of a lookup that changes data. A full store refuses it but accepts the steps of writes. */
        STORE,
        /** A step of a write. */
        WRITE
    }

    private static final long QUIET = TimeUnit.SECONDS.toNanos(1);
    private static final long REMINDER = TimeUnit.MINUTES.toNanos(1);

    private final EngineEvents events;
    private final BooleanSupplier isCalm; // all circuit breakers are closed
    private final LongSupplier nanoTime;
    private volatile boolean wasSeen;
    private volatile long lostSince; // valid only while lost
    private volatile boolean lost; // written under the lock, read without it on every hit
    private final Set<Operation> failing = EnumSet.noneOf(Operation.class); // guarded by this, like all fields below
    private boolean told; // the loss was reported
    private boolean isRefusal; // the last failure was a refusal: the store answers but rejects the call
    private boolean isAnswered; // a call of any kind, since the last failure
    private long firstFailure; // since the last reply
    private long lastFailure;
    private long lastNote;

    public StoreHealth(EngineEvents events, BooleanSupplier isCalm, LongSupplier nanoTime) {
        this.events = events;
        this.isCalm = isCalm;
        this.nanoTime = nanoTime;
        this.lastNote = nanoTime.getAsLong() - REMINDER;
    }

    /** Returns the last known state. */
    public State state() {
        long since = lostSince; // read before the flag that validates it
        return new State(wasSeen, lost ? Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - since)) : null);
    }

    /** Whether the store has failed, as far as known. Cheap. */
    boolean isLost() {
        return lost;
    }

    /**
     * Whether the background thread should probe the store: callers may not ask it, because the near cache serves them. A store
     * that refuses calls is left to the callers, because a harmless probe does not show whether it accepts theirs.
     */
    synchronized boolean isQuestionDue() {
        return lost && !isRefusal && nanoTime.getAsLong() - lastFailure >= QUIET;
    }

    void answered(Operation kind) {
        if (!wasSeen) { // no write while all goes well
            wasSeen = true;
        }
        boolean isBack = lost && SafeCalls.or(true, isCalm::getAsBoolean); // otherwise a part of it is not back
        if (isBack && isReturnToTell(kind)) {
            events.storeBack();
        }
    }

    /** Records the failure of a call that began at {@code start}. */
    void failed(Operation kind, StoreException failure, long start) {
        if (failure.reason() == Reason.CROWDED && kind == Operation.WRITE && !lost) {
            events.writesCrowded();
        } else if (failure.reason().isAboutTheStore() && isLossToTell(kind, failure.reason(), start)) {
            events.storeLost(
                    String.valueOf(failure.getMessage())); // outside the lock, so that no call waits for a slow log
        }
    }

    private synchronized boolean isLossToTell(Operation kind, Reason reason, long start) {
        boolean isFirst = failing.isEmpty() || isAnswered;
        isAnswered = false;
        failing.add(kind);
        lastFailure = nanoTime.getAsLong();
        firstFailure = isFirst ? lastFailure : firstFailure;
        if (!lost) {
            lostSince = lastFailure;
        }
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
