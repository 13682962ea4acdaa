package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.StoreException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A caller's place in the queue for a connection. It is answered once: with a connection, or with why there is none. */
final class Turn {

    private final CountDownLatch called = new CountDownLatch(1);
    private @Nullable Wire wire; // written before the call, and both under the pool's lock
    private @Nullable StoreException failure;

    void give(Wire wire) {
        this.wire = wire;
    }

    void fail(StoreException failure) {
        this.failure = failure;
        call();
    }

    /** Wakes the caller. That takes a while, so it is not part of giving, which happens under the pool's lock. */
    void call() {
        called.countDown();
    }

    /** Whether the call came before {@code deadline}. */
    boolean isCalled(long deadline) throws InterruptedException {
        return called.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** The answer; only for a turn that has been called, or under the pool's lock. */
    Wire answer() {
        if (wire != null) {
            return wire;
        }
        throw failure != null ? failure : new IllegalStateException("not answered");
    }
}
