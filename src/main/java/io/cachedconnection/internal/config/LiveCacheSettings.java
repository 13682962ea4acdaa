package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.CacheSettings;
import io.cachedconnection.internal.core.Throttle;
import io.cachedconnection.internal.message.ConfigMessage;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The settings of one cache as they are now: read again every two seconds by whoever asks first, while all others get
 * what was read before. Of wrong ones it warns at most once a minute, and the last good ones stay. Thread-safe.
 */
final class LiveCacheSettings implements Supplier<CacheSettings> {

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final String cache;
    private final Supplier<Checked<CacheSettings>> source;
    private final Consumer<String> warnings;
    private final LongSupplier nanoTime;
    private final Throttle throttle;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Moment current; // written by whoever holds the lock

    LiveCacheSettings(
            String cache, Supplier<Checked<CacheSettings>> source, Consumer<String> warnings, LongSupplier nanoTime) {
        this.cache = cache;
        this.source = source;
        this.warnings = warnings;
        this.nanoTime = nanoTime;
        this.throttle = new Throttle(SILENCE, nanoTime);
        // The application does not start with wrong settings, so the first ones are good.
        this.current = new Moment(source.get().value(), nanoTime.getAsLong());
    }

    @Override
    public CacheSettings get() {
        Moment moment = current;
        return isFresh(moment) ? moment.settings : readAgain(moment);
    }

    /** The settings at a reading. */
    private record Moment(CacheSettings settings, long readAt) {}

    private boolean isFresh(Moment moment) {
        return nanoTime.getAsLong() - moment.readAt < FRESH_NANOS;
    }

    private CacheSettings readAgain(Moment old) {
        if (!reading.tryLock()) {
            return old.settings;
        }
        try {
            if (!isFresh(current)) { // else another thread was faster
                current = new Moment(lastGood(current.settings), nanoTime.getAsLong());
            }
            return current.settings;
        } finally {
            reading.unlock();
        }
    }

    private CacheSettings lastGood(CacheSettings before) {
        Checked<CacheSettings> found = source.get();
        if (found.isGood()) {
            return found.value();
        }
        if (throttle.permits()) {
            String problems = String.join(System.lineSeparator(), found.problems());
            warnings.accept(ConfigMessage.KEPT.with(cache, SILENCE.toSeconds(), problems));
        }
        return before;
    }
}
