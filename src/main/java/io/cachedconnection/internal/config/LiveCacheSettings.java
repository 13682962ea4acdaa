package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.CacheSettings;
import io.cachedconnection.internal.core.Throttle;
import io.cachedconnection.internal.message.ConfigMessage;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one cache as they are now: once renewed, read again by whoever asks first, while all others get what
 * was read before. It tells of each change, and of wrong ones it warns at most once a minute, and the last good ones stay.
 * Thread-safe.
 *
 * <p>The thread that renews does not read, since some sources need a thread of the application; and those who ask do not
 * look at a clock, since every lookup asks.
 */
final class LiveCacheSettings implements Supplier<CacheSettings> {

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final String cache;
    private final Supplier<Validated<CacheSettings>> source;
    private final Consumer<String> warnings;
    private final Consumer<String> changes;
    private final Throttle throttle;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile CacheSettings last; // written by whoever holds the lock
    private volatile @Nullable CacheSettings fresh; // the last ones, as long as they need not be read again

    LiveCacheSettings(
            String cache,
            Supplier<Validated<CacheSettings>> source,
            Consumer<String> warnings,
            Consumer<String> changes,
            LongSupplier nanoTime) {
        this.cache = cache;
        this.source = source;
        this.warnings = warnings;
        this.changes = changes;
        this.throttle = new Throttle(SILENCE, nanoTime);
        // The application does not start with wrong settings, so the first ones are good.
        this.last = source.get().value();
        this.fresh = last;
        if (last.isLeftAlone()) {
            warnings.accept(ConfigMessage.LEFT_ALONE.with(cache));
        }
    }

    @Override
    public CacheSettings get() {
        CacheSettings settings = fresh;
        return settings != null ? settings : readAgain();
    }

    /** Whoever asks next reads them. While they are being read this may go unheard, until it is called again. */
    void renew() {
        fresh = null;
    }

    private CacheSettings readAgain() {
        if (!reading.tryLock()) {
            return last;
        }
        try {
            if (fresh == null) { // else another thread was faster
                last = lastGood(last);
                fresh = last;
            }
            return last;
        } finally {
            reading.unlock();
        }
    }

    private CacheSettings lastGood(CacheSettings before) {
        Validated<CacheSettings> found = source.get();
        if (found.isGood()) {
            String differences = CacheReading.differences(before, found.value());
            if (!differences.isEmpty()) {
                changes.accept(ConfigMessage.CHANGED.with(cache, differences));
            }
            if (found.value().isLeftAlone() && !before.isLeftAlone()) {
                warnings.accept(ConfigMessage.LEFT_ALONE.with(cache));
            }
            return found.value();
        }
        if (throttle.permits()) {
            String problems = String.join(System.lineSeparator(), found.problems());
            warnings.accept(ConfigMessage.KEPT.with(cache, SILENCE.toSeconds(), problems));
        }
        return before;
    }
}
