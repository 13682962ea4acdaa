package io.cachedconnection.internal.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The objects that can be reached from a value, whatever its type says. Knows nothing of {@link ShareableTypes}. */
final class SharedGraph {

    private static final Set<Class<?>> NEVER_CHANGE = Set.of(
            Integer.class,
            Long.class,
            Short.class,
            Double.class,
            Boolean.class,
            Character.class,
            String.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Instant.class,
            LocalDate.class,
            Duration.class,
            OptionalInt.class);

    private SharedGraph() {}

    /** The first object found that somebody could change; null if there is none. */
    static @Nullable Object changeable(@Nullable Object value) {
        if (value == null || value instanceof Enum<?> || NEVER_CHANGE.contains(value.getClass())) {
            return null;
        }
        if (value instanceof Optional<?> optional) {
            return changeable(optional.orElse(null));
        }
        return value instanceof Record record ? changeableIn(record) : value;
    }

    private static @Nullable Object changeableIn(Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object found = changeable(content(record, component));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Object content(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
