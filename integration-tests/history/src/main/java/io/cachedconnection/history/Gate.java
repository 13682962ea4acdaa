package io.cachedconnection.history;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Where a node's threads wait before they begin a transaction: while the node is about to be stopped for longer than a
 * transaction may take, and, if they write, while nobody is to write.
 */
final class Gate {

    /** All nodes see the same clock, so they write and rest at the same times. */
    private static final long WRITING = TimeUnit.SECONDS.toNanos(2);

    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final long rest;

    /** Between times of writing nobody writes for {@code rest}: what a node has missed then stays missed, and shows. */
    Gate(Duration rest) {
        this.rest = rest.toNanos();
    }

    /** How long it takes until {@code lead} before the next time that nobody writes. */
    static Duration untilBefore(Duration rest, Duration lead) {
        long period = WRITING + rest.toNanos();
        return Duration.ofNanos(Math.floorMod(WRITING - lead.toNanos() - System.nanoTime(), period));
    }

    /** Does {@code step}, in which there may be a transaction. */
    void read(Worker step) throws Exception {
        lock.readLock().lock();
        try {
            step.step();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The same for one that writes. */
    void write(Worker step) throws Exception {
        long resting = System.nanoTime() % (WRITING + rest) - WRITING;
        if (resting > 0) {
            LockSupport.parkNanos(rest - resting);
        }
        read(step);
    }

    /** Returns when no transaction runs; none begins until it is opened by the same thread. */
    void close() {
        lock.writeLock().lock();
    }

    void open() {
        lock.writeLock().unlock();
    }
}
