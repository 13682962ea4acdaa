package io.cachedconnection.internal.json;

import io.cachedconnection.SharedValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * The types whose values never change, nor anything that can be reached from them, as far as their declarations tell. A
 * type belongs to them only if all that it is made of does. One instance is for one question.
 */
final class ShareableTypes {

    // All final, but BigInteger and BigDecimal, of which JSON-B makes the JDK's own, and ZoneId, which is sealed.
    private static final Set<Class<?>> OF_JDK = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Character.class,
            String.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            OffsetTime.class,
            ZonedDateTime.class,
            Duration.class,
            Period.class,
            Year.class,
            YearMonth.class,
            MonthDay.class,
            ZoneId.class,
            ZoneOffset.class);

    private final Set<Class<?>> records = new HashSet<>(); // looked at; one that holds itself is met again

    private ShareableTypes() {}

    static boolean contains(Type type) {
        try {
            return new ShareableTypes().has(type);
        } catch (LinkageError | TypeNotPresentException e) {
            return false; // a part of it is not there to be looked at
        }
    }

    private boolean has(Type type) {
        if (type instanceof Class<?> plain) {
            return plain.getTypeParameters().length == 0 && hasClass(plain); // a raw type may hold anything
        }
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            return hasAll(generic.getActualTypeArguments()) && (raw == Optional.class || hasClass(raw));
        }
        if (type instanceof WildcardType wildcard) {
            return hasAll(wildcard.getUpperBounds());
        }
        // A record is looked at only after all its arguments were found to belong to these types.
        return type instanceof TypeVariable<?> variable && records.contains(variable.getGenericDeclaration());
    }

    private boolean hasAll(Type... types) {
        return Arrays.stream(types).allMatch(this::has);
    }

    private boolean hasClass(Class<?> type) {
        return (type.isPrimitive() && type != void.class)
                || type.isEnum()
                || OF_JDK.contains(type)
                || type.isAnnotationPresent(SharedValue.class)
                || (type.isRecord() && hasRecord(type));
    }

    private boolean hasRecord(Class<?> type) {
        if (!records.add(type)) {
            return true; // as far as it goes: what else it holds is looked at further up
        }
        Type[] components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getGenericType)
                .toArray(Type[]::new);
        return hasAll(components) && (isChecked(components) || !Annotated.convertedInAnyPart(type));
    }

    /** Whether the JVM sees to it that each component is of its type; a converter could put anything into the others. */
    private static boolean isChecked(Type... components) {
        return Arrays.stream(components).allMatch(component -> component instanceof Class<?>);
    }
}
