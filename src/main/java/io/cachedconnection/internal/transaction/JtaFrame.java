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
 * current inside but was not current outside began in between and commits before the call returns, so its age is known. The
 * result or exception of the call tells its outcome. The status that the transaction manager reports to synchronizations is not
 * used, because it may be wrong when an XA resource loses its connection. Used by the thread of the call.
 */
public final class JtaFrame {

    private record Reported(Completion completion, int status) {}

    private final Consumer<JtaFrame> begun;
    private final long entered;
    private final @Nullable Object around;
    private final Thread thread = Thread.currentThread();
    private final List<Reported> ended = new ArrayList<>();
    private @Nullable Throwable thrown; // by the method
    private volatile boolean isEnding; // from the return of the method to the return of the call; read by reapers

    /**
     * Creates the frame of a call at the time {@code entered} of the scope's clock, within the transaction {@code around}; null
     * if none.
     *
     * @param begun receives this frame inside the transaction that the call may have begun
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

    /** Calls the method, inside that transaction. */
    public <T> @Nullable T inside(ValueLoader<T> method) throws Exception {
        try {
            begun.accept(this);
        } catch (RuntimeException e) {
            // A reaper has already ended the transaction, so nothing of it is kept.
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
     * Takes over the notification of {@code completion} when the call returns. Returns false if the call does not wait for the
     * end, because another thread or the method itself has ended the transaction.
     */
    boolean takes(Completion completion, int status) {
        return isEnding && thread == Thread.currentThread() && ended.add(new Reported(completion, status));
    }

    private void end(Reported reported, @Nullable Throwable failure) {
        try {
            reported.completion().afterCompletion(outcome(reported.status(), failure));
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            // The result or exception of the call still reaches the caller; the announcement expires by itself.
        }
    }

    private Outcome outcome(int status, @Nullable Throwable failure) {
        if (failure == null) {
            return status == Status.STATUS_COMMITTED ? Outcome.COMMITTED : Outcome.UNKNOWN;
        }
        if (failure == thrown) { // the method's own exception, which need not have prevented the commit
            return status == Status.STATUS_COMMITTED ? Outcome.REPORTED_COMMITTED : Outcome.UNKNOWN;
        }
        boolean refused = thrown == null && status == Status.STATUS_ROLLEDBACK && UnknownOutcome.isRefused(failure);
        return refused ? Outcome.REFUSED : Outcome.UNKNOWN;
    }
}
