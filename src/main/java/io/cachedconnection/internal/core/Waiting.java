package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.Grant.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How a node claims a lease, and waits while another one has it: it asks again and again, at growing intervals, until the
 * value is there, the lease is free or it has waited long enough. Outside transactions one thread of a node waits for a
 * key; the sharing of loads sees to that. Thread-safe.
 */
final class Waiting {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private final Duration budget;
    private final Duration lease;
    private final long waitNanos;
    private final Supplier<String> tokens;
    private final LongSupplier nanoTime;
    private final Pause pause;

    Waiting(Protocol protocol, Ports ports) {
        this.budget = protocol.budget();
        this.lease = protocol.leaseTimeout();
        this.waitNanos = protocol.leaseWait().toNanos();
        this.tokens = ports.tokens();
        this.nanoTime = ports.nanoTime();
        this.pause = ports.pause();
    }

    /** A name for a load. */
    String token() {
        return tokens.get();
    }

    /** How long asking may take. */
    Duration budget() {
        return budget;
    }

    /** How long a load may take. */
    Duration lease() {
        return lease;
    }

    /** The first grant that is not "busy", or the last one when the wait is over. */
    Grant whileBusy(Supplier<Grant> ask) {
        long start = nanoTime.getAsLong();
        long length = FIRST_PAUSE;
        Grant grant = ask.get();
        while (grant.verdict() == Verdict.BUSY && nanoTime.getAsLong() - start < waitNanos && rested(length)) {
            length = Math.min(length + length / 2, LONGEST_PAUSE);
            grant = ask.get();
        }
        return grant;
    }

    private boolean rested(long length) {
        return Doubt.or(false, () -> pause.nanos(length));
    }
}
