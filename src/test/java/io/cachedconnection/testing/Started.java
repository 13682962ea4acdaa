package io.cachedconnection.testing;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work on a thread of its own. */
public final class Started<T> {

    private static final long FAR_TOO_LONG_SECONDS = 30;

    private final FutureTask<T> task;
    private final Thread thread;

    private Started(Callable<T> work) {
        task = new FutureTask<>(work);
        thread = new Thread(task, "started by a test");
        thread.setDaemon(true);
    }

    public static <T> Started<T> of(Callable<T> work) {
        Started<T> started = new Started<>(work);
        started.thread.start();
        return started;
    }

    /** Waits until the thread waits for something. */
    public Started<T> awaitWaiting() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(FAR_TOO_LONG_SECONDS);
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            if (System.nanoTime() - deadline > 0 || !thread.isAlive()) {
                throw new AssertionError("It does not wait, it is " + thread.getState());
            }
            Thread.onSpinWait();
        }
        return this;
    }

    public boolean isOver() {
        return task.isDone();
    }

    public void interrupt() {
        thread.interrupt();
    }

    /** Until it is somewhere in this package, or beyond: a thread that reads from a socket does not count as waiting. */
    public void awaitIn(String packageName) {
        while (Arrays.stream(thread.getStackTrace())
                .noneMatch(frame -> frame.getClassName().startsWith(packageName))) {
            Thread.onSpinWait();
        }
    }

    /** However long it takes; what it threw is the cause of an AssertionError. */
    public void awaitEnd() throws InterruptedException {
        thread.join();
        result();
    }

    /** What it came to; what it threw is the cause of an AssertionError. */
    public T result() {
        try {
            return task.get(FAR_TOO_LONG_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted.", e);
        } catch (TimeoutException e) {
            throw new AssertionError("It hangs.", e);
        } catch (ExecutionException e) {
            throw new AssertionError("It threw.", e.getCause());
        }
    }
}
