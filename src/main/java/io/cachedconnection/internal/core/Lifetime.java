package io.cachedconnection.internal.core;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a value lives: its TTL less a random part, so that values stored together do not expire together.
 * Thread-safe if its source of randomness is.
 */
final class Lifetime {

    private final DoubleSupplier random;

    /** {@code random} gives numbers from 0 to 1. */
    Lifetime(DoubleSupplier random) {
        this.random = random;
    }

    /** The life of {@code value} in milliseconds; zero means that it is not to be stored. */
    long millis(CacheSettings settings, TtlChoice ttl, @Nullable Object value) {
        long full = (value == null ? settings.negativeTtl() : ttl.under(settings)).toMillis();
        if (full <= 0) {
            return 0;
        }
        long cut = (long) (full * settings.jitter() * random.getAsDouble());
        return Math.max(1, full - Math.max(0, Math.min(cut, full))); // whatever the random number is
    }
}
