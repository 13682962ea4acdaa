package io.cachedconnection.history;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where a node is to be killed: the first write that comes to the chosen point says so and waits there for its end, which
 * comes from outside. The node's other threads go on.
 */
final class Ambush {

    static final String REPORT = "AT ";

    /** A moment in the course of a write. */
    enum Point {
        /** The row is changed, nothing is announced. */
        CHANGED,
        /** Announced, not committed. */
        BEGUN,
        /** Committed, not ended. */
        COMMITTED,
        /** Ended, not returned. */
        ENDED
    }

    private final AtomicReference<@Nullable Point> laid = new AtomicReference<>();

    void lay(Point point) {
        laid.set(point);
    }

    void at(Point point) {
        if (laid.get() == point && laid.compareAndSet(point, null)) {
            System.out.println(REPORT + point);
            System.out.flush();
            while (true) {
                LockSupport.park(this);
            }
        }
    }
}
