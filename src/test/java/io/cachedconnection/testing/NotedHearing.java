package io.cachedconnection.testing;

import io.cachedconnection.internal.engine.store.InvalidationListener;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Notes what a store tells of its changes. */
public class NotedHearing implements InvalidationListener {

    private static final long SOON = TimeUnit.SECONDS.toNanos(30);

    private final Duration patience;
    private final Collection<String> changed = new ConcurrentLinkedQueue<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger beginnings = new AtomicInteger();
    private final AtomicInteger endings = new AtomicInteger();
    private final AtomicInteger floods = new AtomicInteger();
    private volatile Set<String> prefixes = Set.of();
    private volatile long proven;

    public NotedHearing(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void began(Set<String> heard, long provenAt) {
        if (isHeard()) {
            failures.add("began twice");
        }
        prefixes = heard;
        proven = provenAt;
        beginnings.incrementAndGet();
    }

    @Override
    public void lost() {
        if (!isHeard()) {
            failures.add("lost twice");
        }
        endings.incrementAndGet();
    }

    @Override
    public void changed(String key) {
        changed.add(key);
    }

    @Override
    public void allChanged() {
        floods.incrementAndGet();
    }

    @Override
    public void proven(long nanoTime) {
        if (!isHeard()) {
            failures.add("proven while lost");
        }
        proven = nanoTime;
    }

    @Override
    public void failed(String reason) {
        failures.add(reason);
    }

    @Override
    public Duration patience() {
        return patience;
    }

    public boolean isHeard() {
        return beginnings.get() > endings.get();
    }

    public Set<String> prefixes() {
        return prefixes;
    }

    public Collection<String> changed() {
        return changed;
    }

    public int floods() {
        return floods.get();
    }

    public int beginnings() {
        return beginnings.get();
    }

    public int endings() {
        return endings.get();
    }

    public List<String> failures() {
        return failures;
    }

    public long proven() {
        return proven;
    }

    public NotedHearing awaitBeginning(int count) {
        await(() -> beginnings() >= count, "began");
        return this;
    }

    public void awaitEnding(int count) {
        await(() -> endings() >= count, "lost");
    }

    public void awaitChanged(String key) {
        await(() -> changed.contains(key), "changed");
    }

    /** Until all is heard that happened before now. */
    public void awaitNow() {
        long now = System.nanoTime();
        await(() -> isHeard() && proven - now >= 0, "proven");
    }

    /** Until {@code condition}, named {@code what}. */
    public void await(BooleanSupplier condition, String what) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > SOON) {
                throw new AssertionError("Never " + what + "; failures: " + failures);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
