package io.cachedconnection.internal.json;

import jakarta.json.bind.annotation.JsonbTransient;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a caller could tell apart: classes, all fields, elements and their order, and what is shared. Shares no code with what
 * it is to prove. A collection of the JDK is told by its elements, and by whether it is sorted.
 */
final class FieldWalk {

    private static final Set<String> UNORDERED =
            Set.of("HashMap", "HashSet", "MapN", "Map1", "SetN", "Set12", "ConcurrentHashMap", "Hashtable");

    private final IdentityHashMap<Object, Object> partners = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Object> back = new IdentityHashMap<>();

    private FieldWalk() {}

    /** Where the first difference is; empty if there is none. */
    static String difference(Object one, Object other) {
        try {
            String path = new FieldWalk().walk("", one, other);
            return path == null ? "" : path.isEmpty() ? "itself" : path;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The path to a difference, or null. */
    private String walk(String path, Object one, Object other) throws IllegalAccessException {
        if (one == other) {
            return null;
        }
        if (one == null || other == null) {
            return path;
        }
        if (one instanceof Optional<?> first) {
            return other instanceof Optional<?> second ? walk(path, first.orElse(null), second.orElse(null)) : path;
        }
        Class<?> type = one.getClass();
        boolean container = one instanceof Collection || one instanceof Map;
        boolean ofJdk = type.getName().startsWith("java.");
        if (type != other.getClass() && !(container && ofJdk && isOfJdk(other))) {
            return path;
        }
        if (type.isArray()) {
            return array(path, one, other);
        }
        if (ofJdk && !container) {
            boolean byText = one instanceof URL || one instanceof AtomicLong || one instanceof StringBuilder;
            boolean alike = byText ? one.toString().equals(other.toString()) : one.equals(other);
            return alike ? null : path;
        }
        boolean changes = !type.isRecord() && !type.isEnum() && !isFixed(one);
        if (changes) {
            Object partner = partners.put(one, other);
            Object origin = isFixed(other) ? null : back.put(other, one);
            if (partner != null || origin != null) {
                return partner == other && origin == one ? null : path + " (shared)";
            }
        }
        String found = container ? content(path, one, other) : null;
        return found != null || ofJdk ? found : fields(path, type, one, other);
    }

    private static boolean isOfJdk(Object value) {
        return value.getClass().getName().startsWith("java.");
    }

    private static boolean isFixed(Object value) {
        String name = value.getClass().getName();
        return name.contains("ImmutableCollections") || name.startsWith("java.util.Collections$");
    }

    private String array(String path, Object one, Object other) throws IllegalAccessException {
        if (Array.getLength(one) != Array.getLength(other)) {
            return path;
        }
        for (int i = 0; i < Array.getLength(one); i++) {
            String found = walk(path + "[" + i + "]", Array.get(one, i), Array.get(other, i));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private String fields(String path, Class<?> type, Object one, Object other) throws IllegalAccessException {
        for (Class<?> each = type; each != null && !each.getName().startsWith("java."); each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || field.isAnnotationPresent(JsonbTransient.class)) {
                    continue;
                }
                field.setAccessible(true);
                String found = walk(path + "." + field.getName(), field.get(one), field.get(other));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private String content(String path, Object one, Object other) throws IllegalAccessException {
        boolean sorted = one instanceof SortedSet || one instanceof SortedMap;
        if (sorted != (other instanceof SortedSet || other instanceof SortedMap)) {
            return path + " (sorted)";
        }
        if (sorted && comparator(one) != comparator(other)) {
            return path + " (comparator)";
        }
        List<Object> first = flat(one);
        List<Object> second = flat(other);
        if (first.size() != second.size()) {
            return path + " (size)";
        }
        Class<?> kind = one.getClass();
        while (!kind.getName().startsWith("java.")) {
            kind = kind.getSuperclass();
        }
        if (UNORDERED.contains(kind.getSimpleName())) {
            second = sortedLike(first, second);
        }
        for (Iterator<Object> all = first.iterator(), others = second.iterator(); all.hasNext(); ) {
            String found = walk(path + "{}", all.next(), others.next());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Object comparator(Object sorted) {
        return sorted instanceof SortedSet<?> set ? set.comparator() : ((SortedMap<?, ?>) sorted).comparator();
    }

    private static List<Object> flat(Object container) {
        List<Object> flat = new ArrayList<>();
        if (container instanceof Map<?, ?> map) {
            map.forEach((key, value) -> flat.add(new Pair(key, value)));
        } else {
            flat.addAll((Collection<?>) container);
        }
        return flat;
    }

    /** Their elements in the order of those they are equal to, as far as can be told by looking at all pairs. */
    private static List<Object> sortedLike(List<Object> first, List<Object> second) {
        List<Object> rest = new ArrayList<>(second);
        List<Object> sorted = new ArrayList<>();
        for (Object each : first) {
            int at = 0;
            for (int i = rest.size() - 1; i >= 0; i--) {
                at = difference(key(each), key(rest.get(i))).isEmpty() ? i : at;
            }
            sorted.add(rest.remove(at));
        }
        return sorted;
    }

    private static Object key(Object element) {
        return element instanceof Pair pair ? pair.key() : element;
    }

    private record Pair(Object key, Object value) {}
}
