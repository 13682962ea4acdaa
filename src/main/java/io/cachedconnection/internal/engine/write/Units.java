package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.engine.store.Outcome;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of the calling thread: the server's, and the unit of work that the program has opened for a transaction
 * unknown to the server. An open unit is the current transaction, and the server's is the other active one. Thread-safe.
 */
public final class Units implements TransactionScope {

    private final TransactionScope server;
    private final LongSupplier nanoTime;

    // Weak, because a unit may be forgotten or ended on another thread, and the threads belong to the server.
    @SuppressWarnings("ThreadLocalUsage") // each application has its own
    private final ThreadLocal<WeakReference<Unit>> opened = new ThreadLocal<>();

    /** Creates units beside the transactions of {@code server}; {@code nanoTime} measures their age. */
    public Units(TransactionScope server, LongSupplier nanoTime) {
        this.server = server;
        this.nanoTime = nanoTime;
    }

    @Override
    public @Nullable Transaction current() {
        Unit unit = unit();
        return unit == null ? server.current() : unit;
    }

    @Override
    public boolean isEnding() {
        return server.isEnding();
    }

    private @Nullable Unit unit() {
        WeakReference<Unit> reference = opened.get();
        if (reference == null) {
            return null;
        }
        Unit unit = reference.get();
        if (unit == null || unit.over) { // it was forgotten, or another thread has ended it
            opened.remove();
            return null;
        }
        return unit;
    }

    /**
     * Opens a unit on the calling thread, or joins the open one. The inner transaction may be independent or a part of the
     * outer one; in either case its writes end with the outer unit.
     */
    public Handle open() {
        Unit unit = unit();
        if (unit == null) {
            unit = new Unit();
            opened.set(new WeakReference<>(unit));
        }
        return unit.joined();
    }

    /** The handle of one opening of a unit. Thread-safe. */
    public static final class Handle {

        private final Unit unit;
        private final boolean isFirst;
        private boolean ended; // guarded by the unit

        private Handle(Unit unit, boolean isFirst) {
            this.unit = unit;
            this.isFirst = isFirst;
        }

        /** Returns how long its unit has been open. */
        public Duration age() {
            return unit.sinceBegun();
        }

        /** Ends this part, and the unit if it is the first part; false if it had already ended. */
        public boolean end(Outcome outcome) {
            return unit.ended(this, outcome);
        }

        /**
         * Ends this part after an exception. The outcome is unknown only if the exception leaves open whether the commit
         * happens.
         */
        public void failed(Throwable failure) {
            end(UnknownOutcome.mayFollow(failure) ? Outcome.UNKNOWN : Outcome.REFUSED);
        }
    }

    /** One unit, which lasts as long as its first part is open. */
    private final class Unit implements Transaction {

        private final long begun = nanoTime.getAsLong();
        private int open; // guarded by this, like the outcome
        private Outcome outcome = Outcome.COMMITTED;
        private volatile boolean over;
        private volatile @Nullable Completion completion;

        synchronized Handle joined() {
            return new Handle(this, open++ == 0);
        }

        boolean ended(Handle part, Outcome ofPart) {
            if (!left(part, ofPart)) {
                return false;
            }
            if (part.isFirst) {
                unit(); // removes the unit if it has ended
                Completion told = completion;
                if (told != null) {
                    told.afterCompletion(outcome);
                }
                completion = null;
            }
            return true;
        }

        /** Ends a part; false if it had already ended. */
        private synchronized boolean left(Handle part, Outcome ofPart) {
            if (part.ended || over) {
                return false;
            }
            part.ended = true;
            open--;
            outcome = ofPart.compareTo(outcome) > 0
                    ? ofPart
                    : outcome; // the constants are ordered: each says less than the one before
            if (part.isFirst && open > 0) { // the outcome of the inner parts is unknown
                outcome = Outcome.UNKNOWN;
            }
            over = part.isFirst;
            return true;
        }

        Duration sinceBegun() {
            return Duration.ofNanos(nanoTime.getAsLong() - begun);
        }

        @Override
        public boolean isCurrent() {
            return Objects.equals(unit(), this);
        }

        @Override
        public boolean isRollbackOnly() {
            return !isCurrent();
        }

        /** Returns null if a transaction of the server is active, because data read there may be older. */
        @Override
        public @Nullable Duration age() {
            return otherActive() == null && !server.isEnding() ? sinceBegun() : null;
        }

        @Override
        public @Nullable Object attachment() {
            return completion;
        }

        @Override
        public void attach(Completion attached) {
            completion = attached;
        }

        @Override
        public boolean hasNoBeforeCompletion() {
            return true;
        }

        @Override
        public @Nullable Transaction otherActive() {
            return server.current();
        }
    }
}
