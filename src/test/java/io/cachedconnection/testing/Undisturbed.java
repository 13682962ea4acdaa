package io.cachedconnection.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Repeats a check that fails while the machine does not let threads run: then a peer in this JVM may itself have been too late,
 * which proves nothing. On a machine that runs, the first failure counts.
 */
public final class Undisturbed {

    private static final Duration STALL = Duration.ofMillis(5); // from which the library too blames its own process
    private static final int MOST_ATTEMPTS = 10;

    private Undisturbed() {}

    /** Returns what {@code check} returns; throws what it throws, unless the machine stalled and attempts are left. */
    public static <T> T attempt(Callable<T> check) throws Exception {
        for (int attempt = 1; ; attempt++) {
            AtomicLong worst = new AtomicLong();
            CountDownLatch end = new CountDownLatch(1);
            Started<Void> watch = Started.of(() -> {
                long before = System.nanoTime();
                while (!end.await(1, TimeUnit.MILLISECONDS)) {
                    long now = System.nanoTime();
                    worst.accumulateAndGet(now - before, Math::max);
                    before = now;
                }
                return null;
            });
            try {
                return check.call();
            } catch (AssertionError e) {
                if (worst.get() < STALL.toNanos() || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            } finally {
                end.countDown();
                watch.awaitEnd();
            }
        }
    }
}
