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
 * What this node knows of changes from listening to the remote store. A value that is kept near is as good as in the store
 * if nothing has been heard of its key since before it was read there, if there was no gap in what was heard, and if it was
 * proven not long ago that nothing is on its way. {@code docs/near-cache.md} has the argument. Thread-safe.
 */
public final class InvalidationTracker implements InvalidationListener {

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final EngineEvents events;
    private final Supplier<Duration> patience;
    private final Throttle throttle;
    private final Set<String> wanted = new HashSet<>(); // guarded by this, as all that is not atomic or volatile
    private final AtomicReference<VersionStripes> stripes = new AtomicReference<>(new VersionStripes(0));
    private final AtomicLong epoch = new AtomicLong(); // of gaps
    private volatile boolean live;
    private volatile long provenAt; // means nothing while nothing is kept, so also before the first beginning
    private long entries;
    private volatile @Nullable String failure; // why changes are not heard; null while they are, or at first
    private boolean isSaidToBeLost; // the recovery's, which tells

    public InvalidationTracker(EngineEvents events, Supplier<Duration> patience, LongSupplier nanoTime) {
        this.events = events;
        this.patience = patience;
        this.throttle = new Throttle(SILENCE, nanoTime);
    }

    /**
     * Wants to hear of keys under these {@code prefixes}, too, of which {@code more} are kept; until it does, nothing is. If it
     * wants to hear of them already, nothing changes for what is kept, unless there are too few counters: then all is forgotten,
     * once for each time that their number doubles.
     */
    public synchronized void want(Set<String> prefixes, long more) {
        entries += more;
        boolean isNews = !prefixes.stream().allMatch(prefix -> wanted.stream().anyMatch(prefix::startsWith));
        live &= !isNews;
        wanted.addAll(prefixes);
        if (isNews || !stripes().suffice(entries)) {
            epoch.incrementAndGet(); // before the counters are new, so that no old entry looks unchanged by them
            stripes.set(stripes().suffice(entries) ? stripes() : new VersionStripes(entries));
        }
    }

    /** All prefixes under which changes are to be heard. */
    public synchronized Set<String> wanted() {
        return Set.copyOf(wanted);
    }

    /** The {@code prefixes} that begin with no other one: Redis takes no others. */
    public static Set<String> outermost(Set<String> prefixes) {
        Set<String> least = new HashSet<>(prefixes);
        least.removeIf(one -> prefixes.stream().anyMatch(other -> !one.equals(other) && one.startsWith(other)));
        return least;
    }

    /** How many gaps there have been; what was read before the last one is worth nothing. */
    long epoch() {
        return epoch.get();
    }

    /** Whether changes are heard. */
    public boolean isLive() {
        return live;
    }

    /** All that writers were told of before has been heard; in nanoseconds of the store's clock. */
    long provenAt() {
        return provenAt;
    }

    /** The counters as they are. */
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

    /** Tells the log that changes go unheard, once a minute; or that they are heard again. Not on the store's threads: they must not wait for the log. */
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
