package io.cachedconnection.sample;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A time as microseconds since 1970: free of time zones, and as exact as the entries in Redis are. */
@Converter
public class InstantAsMicros implements AttributeConverter<@Nullable Instant, @Nullable Long> {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    @Override
    public @Nullable Long convertToDatabaseColumn(@Nullable Instant time) {
        return time == null ? null : micros(time);
    }

    @Override
    public @Nullable Instant convertToEntityAttribute(@Nullable Long micros) {
        return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    // Not ChronoUnit.MICROS.between: in Java 17 that counts nanoseconds on its way, which overflow in the year 2262.
    private static long micros(Instant time) {
        long seconds = Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND);
        return Math.addExact(seconds, time.getNano() / NANOS_PER_MICRO);
    }
}
