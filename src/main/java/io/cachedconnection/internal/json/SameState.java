package io.cachedconnection.internal.json;

import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.net.URL;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The question whether what was read holds what was written, member by member: a text may lack what a value held, and
 * then two texts are the same and two values are not. Thread-safe.
 */
final class SameState {

    private final Map<Class<?>, Boolean> itself = new ConcurrentHashMap<>();
    private final Map<Class<?>, List<Kept>> kept = new ConcurrentHashMap<>();

    /**
     * A field that a value keeps something in.
     *
     * @param field the field
     * @param written whether it stands in JSON
     * @param plain whether in a form that its type tells
     */
    private record Kept(Field field, boolean written, boolean plain) {}

    boolean same(@Nullable Object value, @Nullable Object read) {
        if (value == read) {
            return true;
        }
        if (value == null || read == null) {
            return false;
        }
        if (value instanceof ProviderConnection || value instanceof ProviderCredentials) {
            return read.getClass() == value.getClass(); // its wire format says what gets lost
        }
        return (isContainer(value) && isContainer(read)) ? sameContent(value, read) : sameObject(value, read);
    }

    private static boolean isContainer(Object value) {
        return value instanceof Collection
                || value instanceof Map
                || value instanceof Optional
                || value.getClass().isArray();
    }

    private boolean sameContent(Object value, Object read) {
        if (value instanceof Optional<?> optional && read instanceof Optional<?> other) {
            return same(optional.orElse(null), other.orElse(null));
        }
        if (value instanceof Map<?, ?> map && read instanceof Map<?, ?> other) {
            return map.size() == other.size() && map.entrySet().stream().allMatch(entry -> sameEntry(entry, other));
        }
        if (value instanceof Collection<?> collection && read instanceof Collection<?> other) {
            return collection.size() == other.size() && sameElements(collection, other);
        }
        return value.getClass() == read.getClass() && sameArrays(value, read);
    }

    private boolean sameEntry(Map.Entry<?, ?> entry, Map<?, ?> read) {
        Object key = entry.getKey();
        boolean findable = key == null || isScalar(key);
        return !findable || (read.containsKey(key) && same(entry.getValue(), read.get(key)));
    }

    /** Where there is no order, only what has an {@code equals} of its own can be found again. */
    private boolean sameElements(Collection<?> elements, Collection<?> read) {
        if (elements instanceof List && read instanceof List) {
            Iterator<?> others = read.iterator();
            return elements.stream().allMatch(element -> same(element, others.next()));
        }
        boolean findable = elements.stream().allMatch(element -> element == null || isScalar(element));
        return !findable || new HashSet<>(elements).equals(new HashSet<>(read));
    }

    private boolean sameArrays(Object array, Object read) {
        if (array.getClass().getComponentType().isPrimitive()) {
            return Objects.deepEquals(array, read);
        }
        int length = Array.getLength(array);
        for (int i = 0; i < length && length == Array.getLength(read); i++) {
            if (!same(Array.get(array, i), Array.get(read, i))) {
                return false;
            }
        }
        return length == Array.getLength(read);
    }

    private boolean sameObject(Object value, Object read) {
        Class<?> type = read.getClass();
        if (type != value.getClass()) {
            return type.isInstance(value) && !ResolvedType.isOfPlatform(type) && addsNothing(value.getClass(), type);
        }
        if (ResolvedType.isOfPlatform(type)) {
            return samePlain(value, read);
        }
        boolean byItself = itself.computeIfAbsent(type, each -> each.isEnum() || Annotated.converted(each));
        return byItself ? sameByItself(value, read) : sameFields(value, read);
    }

    /** As a proxy, which holds nothing itself; its texts have to do. A subclass with fields of its own is something else. */
    private static boolean addsNothing(Class<?> type, Class<?> parent) {
        return Property.of(type).size() == Property.of(parent).size();
    }

    private static boolean samePlain(Object value, Object read) {
        if (value instanceof BigDecimal number) {
            return number.compareTo((BigDecimal) read) == 0;
        }
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue() == ((Number) read).doubleValue(); // be a zero's sign what it may
        }
        return value instanceof URL ? value.toString().equals(read.toString()) : sameByItself(value, read);
    }

    /** With an {@code equals} of its own, if it has one. */
    private static boolean sameByItself(Object value, Object read) {
        if (value.equals(read)) {
            return true;
        }
        try {
            return value.getClass().getMethod("equals", Object.class).getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Every class has it.", e);
        }
    }

    private boolean sameFields(Object value, Object read) {
        for (Kept each : kept.computeIfAbsent(read.getClass(), SameState::kept)) {
            if (!sameField(each, value, read)) {
                return false;
            }
        }
        return true;
    }

    /** Without those that nobody may look at: then the texts have to do. */
    private static List<Kept> kept(Class<?> type) {
        return Property.of(type).stream()
                .filter(property -> !property.isTransient() && property.field().trySetAccessible())
                .map(property -> new Kept(property.field(), property.isWritten(), property.isPlain()))
                .toList();
    }

    private boolean sameField(Kept kept, Object value, Object read) {
        Object before = content(kept.field(), value);
        Object after = content(kept.field(), read);
        if (before == null || after == null || kept.plain()) {
            return same(before, after);
        }
        return kept.written() ? sameByItself(before, after) : !isScalar(before) || same(before, after);
    }

    private static boolean isScalar(Object value) {
        return ScalarShape.orNull(value.getClass()) != null;
    }

    private static @Nullable Object content(Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("It was accessible.", e);
        }
    }
}
