package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.engine.store.Outcome;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of the calling thread: that of the server, and the unit of work that the program has opened for one that
 * the server does not know. While a unit is open it is the current one; the server's is the other active one. Thread-safe.
 */
public final class Units implements TransactionScope {

    private final TransactionScope server;
    private final LongSupplier nanoTime;

    // Weak, for a unit may be forgotten, or ended on another thread, and the threads are the server's.
    @SuppressWarnings("ThreadLocalUsage") // each application has its own
    private final ThreadLocal<WeakReference<Unit>> opened = new ThreadLocal<>();

    /** Units beside the transactions of {@code server}; their age is measured with {@code nanoTime}. */
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
     * Opens a unit on the calling thread. One that is open already is joined: whether the inner transaction is one of its own
     * or a part of the outer one, what it wrote is over when the outer one is.
     */
    public Handle open() {
        Unit unit = unit();
        if (unit == null) {
            unit = new Unit();
            opened.set(new WeakReference<>(unit));
        }
        return unit.joined();
    }

    /** What one who has opened a unit holds of it. Thread-safe. */
    public static final class Handle {

        private final Unit unit;
        private final boolean isFirst;
        private boolean ended; // guarded by the unit

        private Handle(Unit unit, boolean isFirst) {
            this.unit = unit;
            this.isFirst = isFirst;
        }

        /** How long its unit has been open. */
        public Duration age() {
            return unit.sinceBegun();
        }

        /** Ends it, and the unit if this is the first part of it; false if that was over already. */
        public boolean end(Outcome outcome) {
            return unit.ended(this, outcome);
        }

        /** Ends it with what its work has thrown: only what leaves open whether the commit will be done makes that unknown. */
        public void failed(Throwable failure) {
            end(UnknownOutcome.mayFollow(failure) ? Outcome.UNKNOWN : Outcome.REFUSED);
        }
    }

    /** One unit, as long as its first part is open. */
    private final class Unit implements Transaction {

        private final long begun = nanoTime.getAsLong();
        private int open; // guarded by this, as is the outcome
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
                unit(); // is it no more
                Completion told = completion;
                if (told != null) {
                    told.afterCompletion(outcome);
                }
                completion = null;
            }
            return true;
        }

        /** False if that was over already. */
        private synchronized boolean left(Handle part, Outcome ofPart) {
            if (part.ended || over) {
                return false;
            }
            part.ended = true;
            open--;
            outcome = ofPart.compareTo(outcome) > 0 ? ofPart : outcome; // in their order each says less
            if (part.isFirst && open > 0) { // what became of the inner ones is unknown
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

        /** What was read in the server's transaction may be older. */
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
