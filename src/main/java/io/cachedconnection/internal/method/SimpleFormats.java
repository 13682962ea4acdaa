package io.cachedconnection.internal.method;

import java.lang.invoke.MethodType;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The formats of values that are one word. */
final class SimpleFormats {

    /** Their {@code toString} is specified, tells all values apart and holds nothing to encode. */
    private static final Set<Class<?>> PLAIN = Set.of(
            UUID.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Boolean.class,
            LocalDate.class,
            Year.class,
            YearMonth.class,
            MonthDay.class,
            Duration.class,
            Period.class);

    /** Their {@code toString} is specified and tells all values apart. */
    private static final Set<Class<?>> ENCODED = Set.of(
            String.class,
            Character.class,
            LocalTime.class,
            LocalDateTime.class,
            Instant.class,
            OffsetDateTime.class,
            OffsetTime.class,
            ZonedDateTime.class);

    private SimpleFormats() {}

    /** The format of {@code type}, or null if its values are not one word. */
    static @Nullable PartFormat of(Class<?> type) {
        Class<?> boxed = boxed(type);
        if (PLAIN.contains(boxed)) {
            return word(Object::toString);
        }
        if (ENCODED.contains(boxed)) {
            return word(value -> PartText.of(value.toString()));
        }
        if (type == BigInteger.class) {
            return Object::toString; // can be extended, so its text is worked out at once
        }
        return type.isEnum() ? word(value -> PartText.of(((Enum<?>) value).name())) : null;
    }

    private static PartFormat word(WordFormat format) {
        return format;
    }

    static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }
}
