package io.cachedconnection.internal.json;

import static java.util.Map.entry;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Values of types that are made of nothing that may change. */
final class FixedValues {

    private static final Map<Type, Object> SIMPLE = Map.ofEntries(
            entry(int.class, 1),
            entry(Integer.class, -1),
            entry(long.class, 1L << 40),
            entry(Long.class, -1L),
            entry(short.class, (short) 3),
            entry(Short.class, (short) -3),
            entry(double.class, 0.5),
            entry(Double.class, -0.5),
            entry(boolean.class, true),
            entry(Boolean.class, false),
            entry(char.class, 'a'),
            entry(Character.class, 'b'),
            entry(String.class, "text"),
            entry(BigDecimal.class, new BigDecimal("1.5")),
            entry(UUID.class, new UUID(1, 2)),
            entry(URI.class, URI.create("urn:isbn:1")),
            entry(Instant.class, Instant.EPOCH),
            entry(LocalDate.class, LocalDate.EPOCH),
            entry(Duration.class, Duration.ofSeconds(5)),
            entry(DayOfWeek.class, DayOfWeek.SUNDAY));

    private final List<Class<?>> under = new ArrayList<>(); // the records on the way here

    /** A value of {@code type}; one that holds itself holds null, or nothing, the second time. */
    Object of(Type type) throws ReflectiveOperationException {
        Object simple = SIMPLE.get(type);
        if (simple != null) {
            return simple;
        }
        if (type instanceof ParameterizedType generic) {
            Optional<Object> content = Optional.ofNullable(of(generic.getActualTypeArguments()[0]));
            return generic.getRawType() == Optional.class ? content : new SharedValuesTest.Maybe<>(content);
        }
        Class<?> record = (Class<?>) type;
        return under.contains(record) ? null : ofRecord(record);
    }

    private Object ofRecord(Class<?> record) throws ReflectiveOperationException {
        under.add(record);
        RecordComponent[] components = record.getRecordComponents();
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : components) {
            values.add(of(component.getGenericType()));
        }
        under.remove(record);
        Constructor<?> constructor = record.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        return constructor.newInstance(values.toArray());
    }
}
