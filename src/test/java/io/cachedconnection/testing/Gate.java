package io.cachedconnection.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place where a thread waits until the test lets it through. */
public final class Gate {

    private static final long FAR_TOO_LONG_SECONDS = 30;

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits here until the gate is opened. */
    public void pass() {
        arrived.countDown();
        await(opened);
    }

    /** Waits until somebody waits here. */
    public void awaitArrival() {
        await(arrived);
    }

    public void open() {
        opened.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(FAR_TOO_LONG_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("Nobody came.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted.", e);
        }
    }
}
