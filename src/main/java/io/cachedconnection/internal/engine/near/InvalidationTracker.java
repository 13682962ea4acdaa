package io.cachedconnection.internal.engine.near;

import io.cachedconnection.internal.common.Throttle;
import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.InvalidationListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the changes that this node has heard from the remote store. A near value is as good as the store's if no change of its
 * key was heard since before it was read, the stream had no gap, and a recent proof shows that no change is on its way. {@code
 * docs/explanation/near-cache.md} has the argument. Thread-safe.
 */
public final class InvalidationTracker implements InvalidationListener {

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final EngineEvents events;
    private final Supplier<Duration> patience;
    private final Throttle throttle;
    private final Set<String> wanted =
            new HashSet<>(); // guarded by this, like every field that is not atomic or volatile
    private final AtomicReference<VersionStripes> stripes = new AtomicReference<>(new VersionStripes(0));
    private final AtomicLong epoch = new AtomicLong(); // the number of gaps
    private volatile boolean live;
    private volatile long provenAt; // unused while no values are kept, so also before the first beginning
    private long entries;
    private volatile @Nullable String failure; // why the stream is down; null while it is up, and at first
    private boolean isSaidToBeLost; // whether the loss was reported; used by the recovery only

    public InvalidationTracker(EngineEvents events, Supplier<Duration> patience, LongSupplier nanoTime) {
        this.events = events;
        this.patience = patience;
        this.throttle = new Throttle(SILENCE, nanoTime);
    }

    /**
     * Adds {@code prefixes} to the stream, for {@code more} more entries. Until the stream covers them, no values are kept. If
     * it covers them already, kept values stay, unless there are too few counters: then all are forgotten, once for each
     * doubling.
     */
    public synchronized void want(Set<String> prefixes, long more) {
        entries += more;
        boolean isNews = !prefixes.stream().allMatch(prefix -> wanted.stream().anyMatch(prefix::startsWith));
        live &= !isNews;
        wanted.addAll(prefixes);
        if (isNews || !stripes().suffice(entries)) {
            epoch.incrementAndGet(); // before the new counters, so that they make no old entry look unchanged
            stripes.set(stripes().suffice(entries) ? stripes() : new VersionStripes(entries));
        }
    }

    /** Returns all prefixes that the stream must cover. */
    public synchronized Set<String> wanted() {
        return Set.copyOf(wanted);
    }

    /** Returns the {@code prefixes} that do not begin with another one, because Redis rejects overlapping prefixes. */
    public static Set<String> outermost(Set<String> prefixes) {
        Set<String> least = new HashSet<>(prefixes);
        least.removeIf(one -> prefixes.stream().anyMatch(other -> !one.equals(other) && one.startsWith(other)));
        return least;
    }

    /** Returns the number of gaps. Values that were read before the last gap are invalid. */
    long epoch() {
        return epoch.get();
    }

    /** Whether the stream is up. */
    public boolean isLive() {
        return live;
    }

    /**
     * Returns the time of the last proof: every change acknowledged before it was heard. In nanoseconds of the store's clock.
     */
    long provenAt() {
        return provenAt;
    }

    /** Returns the current counters. */
    VersionStripes stripes() {
        return Objects.requireNonNull(stripes.get());
    }

    @Override
    public synchronized void began(Set<String> prefixes, long at) {
        provenAt = at;
        live = wanted.stream().allMatch(prefix -> prefixes.stream().anyMatch(prefix::startsWith));
        failure = null;
    }

    @Override
    public synchronized void lost() {
        live = false; // before the epoch ends, so that no read takes a version of the next one
        epoch.incrementAndGet();
    }

    @Override
    public void changed(String key) {
        stripes().count(key);
    }

    @Override
    public void allChanged() {
        epoch.incrementAndGet();
    }

    @Override
    public void proven(long nanoTime) {
        provenAt = nanoTime;
    }

    @Override
    public void failed(String reason) {
        failure = reason;
    }

    /**
     * Logs that the stream is down, once a minute, or up again. Not on the store's threads, which must not wait for the log.
     */
    void tell() {
        @Nullable String reason = failure;
        if (reason != null && throttle.permits()) {
            isSaidToBeLost = true;
            events.changesUnheard(reason);
        } else if (reason == null && live && isSaidToBeLost) {
            isSaidToBeLost = false;
            events.changesHeard();
        }
    }

    @Override
    public Duration patience() {
        return patience.get();
    }
}
