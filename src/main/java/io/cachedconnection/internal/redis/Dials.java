package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.StoreException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Connections in the making, in the background. The pool that they are for is told what became of each, and tells it
 * back under its lock, which guards all that changes here.
 */
final class Dials {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final Supplier<Wire> dialer;
    private final Executor background;
    private final Consumer<Wire> arrived;
    private final Consumer<StoreException> failed;

    private int running;
    private long failedAt = System.nanoTime() - PAUSE;

    Dials(Supplier<Wire> dialer, Executor background, Consumer<Wire> arrived, Consumer<StoreException> failed) {
        this.dialer = dialer;
        this.background = background;
        this.arrived = arrived;
        this.failed = failed;
    }

    /** Sees to it that at least {@code wanted} connections are in the making. */
    void want(int wanted) {
        int missing = wanted - running;
        for (int i = 0; i < missing; i++) {
            running++;
            start();
        }
    }

    private void start() {
        try {
            background.execute(this::dial);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // shut down, or no thread to be had
            failed.accept(Failures.ofDialing(e));
        }
    }

    private void dial() {
        try {
            arrived.accept(dialer.get());
        } catch (RuntimeException | Error e) { // what is there need not be Redis; whatever it was, this one is over
            failed.accept(Failures.ofDialing(e));
        }
    }

    void oneArrived() {
        running--;
    }

    void oneFailed() {
        running--;
        failedAt = System.nanoTime();
    }

    /** Whether one failed so recently that another is not worth it while there are connections to wait for. */
    boolean arePausing() {
        return System.nanoTime() - failedAt < PAUSE;
    }
}
