package io.cachedconnection.testing;

import io.cachedconnection.internal.memory.SpoilableStore;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The store of {@code memory:} on a clock of the test's, with what only tests do to it. */
public final class MemoryStore extends SpoilableStore {

    public MemoryStore(LongSupplier nanoTime, Duration maxTransactionAge) {
        super(nanoTime, maxTransactionAge);
    }

    private MemoryStore(MemoryStore from, LongSupplier clock) {
        super(from, clock);
    }

    /** Another store with what this one holds, on a clock that shows the same time. */
    public MemoryStore copy(LongSupplier clock) {
        return new MemoryStore(this, clock);
    }
}
