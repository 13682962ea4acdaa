package io.cachedconnection.internal.engine.store;

import io.cachedconnection.testing.MemoryStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The fake keeps the contract. */
class MemoryStoreTest extends RemoteStoreContract {

    private final AtomicLong now = new AtomicLong();
    private final MemoryStore store = new MemoryStore(now::get, MAX_TRANSACTION_AGE);

    @Override
    protected RemoteStore store() {
        return store;
    }

    @Override
    protected void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
