package io.cachedconnection.internal.transaction;

import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.ValueLoader;
import io.cachedconnection.internal.engine.write.Transaction.Completion;
import io.cachedconnection.internal.engine.write.UnknownOutcome;
import jakarta.transaction.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method with {@code @Transactional}, seen from both sides of the server's interceptor. A transaction that is
 * the current one inside and was not outside has begun in between, and is committed before the call returns. So its age is
 * known; and how it ended is taken from what the call returns or throws, not from what the transaction manager reports to its
 * synchronizations, which may be wrong when an XA resource loses its connection. Used by the thread of the call.
 */
public final class JtaFrame {

    private record Reported(Completion completion, int status) {}

    private final Consumer<JtaFrame> begun;
    private final long entered;
    private final @Nullable Object around;
    private final Thread thread = Thread.currentThread();
    private final List<Reported> ended = new ArrayList<>();
    private @Nullable Throwable thrown; // by the method
    private volatile boolean isEnding; // from the return of the method to that of the call; read by reapers

    /**
     * A call that comes now, {@code entered} by the clock of the scope, in the transaction {@code around}, null if in none.
     *
     * @param begun is told of this frame inside of the transaction that the call may have begun
     */
    JtaFrame(Consumer<JtaFrame> begun, long entered, @Nullable Object around) {
        this.begun = begun;
        this.entered = entered;
        this.around = around;
    }

    long entered() {
        return entered;
    }

    @Nullable Object around() {
        return around;
    }

    /** Makes the call, outside of the transaction that it may begin. */
    public <T> @Nullable T outside(ValueLoader<T> call) throws Exception {
        @Nullable Throwable failure = null;
        try {
            return call.load();
        } catch (Exception | Error e) {
            failure = e;
            throw e;
        } finally {
            isEnding = false;
            for (Reported each : ended) {
                end(each, failure);
            }
        }
    }

    /** Calls the method, inside of that transaction. */
    public <T> @Nullable T inside(ValueLoader<T> method) throws Exception {
        try {
            begun.accept(this);
        } catch (RuntimeException e) {
            // A reaper has ended it already: nothing that it does is kept.
        }
        try {
            return method.load();
        } catch (Exception | Error e) {
            thrown = e;
            throw e;
        } finally {
            isEnding = true;
        }
    }

    /**
     * Takes over to tell {@code completion} of the end when the call returns; false if the call does not wait for it: another
     * thread has ended the transaction, or the method itself.
     */
    boolean takes(Completion completion, int status) {
        return isEnding && thread == Thread.currentThread() && ended.add(new Reported(completion, status));
    }

    private void end(Reported reported, @Nullable Throwable failure) {
        try {
            reported.completion().afterCompletion(outcome(reported.status(), failure));
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            // What the call returns or throws is not lost for that: what was announced runs out by itself.
        }
    }

    private Outcome outcome(int status, @Nullable Throwable failure) {
        if (failure == null) {
            return status == Status.STATUS_COMMITTED ? Outcome.COMMITTED : Outcome.UNKNOWN;
        }
        if (failure == thrown) { // the method's own, which need not have prevented the commit
            return status == Status.STATUS_COMMITTED ? Outcome.REPORTED_COMMITTED : Outcome.UNKNOWN;
        }
        boolean refused = thrown == null && status == Status.STATUS_ROLLEDBACK && UnknownOutcome.isRefused(failure);
        return refused ? Outcome.REFUSED : Outcome.UNKNOWN;
    }
}
