package io.cachedconnection.benchmarks;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Keys that no other fork uses. */
@State(Scope.Benchmark)
public class Keys {

    private static final int MANY = 1000;

    private final long fork = UUID.randomUUID().getMostSignificantBits();
    private final AtomicLong given = new AtomicLong();

    /** One that was never given before. */
    UUID fresh() {
        return new UUID(fork, given.incrementAndGet());
    }

    /** One of a thousand, in turn. */
    UUID oneOfMany() {
        return new UUID(fork, given.incrementAndGet() % MANY);
    }

    long given() {
        return given.get();
    }
}
