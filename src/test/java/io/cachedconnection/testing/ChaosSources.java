package io.cachedconnection.testing;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.ValueLoader;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The chaos twins of the ports with one method. Of the tokens there is none: they are trusted to be unique, because the
 * protocol rests on that, and are made in the engine's own room.
 */
public final class ChaosSources {

    private ChaosSources() {}

    /** A clock whose garbage is a leap by {@code leap}, made for good: the process was paused. */
    public static LongSupplier clock(LongSupplier real, Runnable leap, Chaos chaos) {
        return () -> chaos.around(real::getAsLong, time -> {
            leap.run();
            return real.getAsLong();
        });
    }

    /** Randomness whose garbage is whatever {@code garbage} gives. */
    public static DoubleSupplier random(DoubleSupplier real, DoubleSupplier garbage, Chaos chaos) {
        return () -> chaos.around(real::getAsDouble, number -> garbage.getAsDouble());
    }

    /** A rest whose garbage is an interrupt. */
    public static Sleeper pause(Sleeper real, Chaos chaos) {
        return length -> chaos.around(() -> real.nanos(length), rested -> false);
    }

    /** Settings whose garbage is whatever {@code garbage} gives. */
    public static Supplier<CacheSettings> settings(
            Supplier<CacheSettings> real, Supplier<CacheSettings> garbage, Chaos chaos) {
        return () -> chaos.around(real::get, settings -> garbage.get());
    }

    /** A repository; it is right whatever it says, so there is no garbage. */
    public static <V> ValueLoader<V> loader(ValueLoader<V> real, Chaos chaos) {
        return () -> chaos.around(real::load, value -> value);
    }
}
