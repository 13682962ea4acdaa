package io.cachedconnection.rolling;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The one row of the database that all versions of the application have: it is nothing but its version. Thread-safe. */
final class Row {

    private final AtomicInteger committed = new AtomicInteger();
    private final List<Written> written = new CopyOnWriteArrayList<>();

    private record Written(int version, Object by, long at) {}

    int version() {
        return committed.get();
    }

    int commit() {
        return committed.incrementAndGet();
    }

    /** The write of this version has returned. */
    void returned(int version, Object by) {
        written.add(new Written(version, by, System.nanoTime()));
    }

    /** The least version that a lookup may see which begins now: what others have written may take until it is heard. */
    int floor(Object who, Duration staleness) {
        long now = System.nanoTime();
        return written.stream()
                .filter(write -> write.by() == who || now - write.at() >= staleness.toNanos())
                .mapToInt(Written::version)
                .max()
                .orElse(0);
    }
}
