package io.cachedconnection.internal.json;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the value read with the value written: the classes, every field, the elements and their order, and shared
 * references. Does not rely on an {@code equals} of the application. Thread-safe.
 */
final class StateEquality {

    private static final int MAX_DEPTH = 300; // the walk must fit into the rest of the caller's stack

    private static final String NEGATIVE_ZERO = " is a negative zero, which not every provider reads with its sign";

    private final Map<Class<?>, ClassState> states = new ConcurrentHashMap<>();

    /** Starts a comparison. */
    Walk walk() {
        return new Walk();
    }

    /** One comparison: a parallel walk over two values, in linear time. Use it once, on one thread. */
    final class Walk {

        private final IdentityHashMap<Object, Object> readOf =
                new IdentityHashMap<>(); // for mutable objects, whose identity matters
        private final IdentityHashMap<Object, Object> valueOf = new IdentityHashMap<>();
        private final IdentityHashMap<Object, Object> wrapperOf = new IdentityHashMap<>(); // for wrapped objects
        private boolean setAside;
        private int depth;

        /** Tells whether state was skipped because its type excludes it. */
        boolean setAside() {
            return setAside;
        }

        /** Returns the first difference, with types and names only; null if there is none. */
        @Nullable String difference(Object value, Object read) {
            return difference("the value", value, read);
        }

        private @Nullable String difference(String where, @Nullable Object value, @Nullable Object read) {
            if (value == read) {
                return null;
            }
            if (value == null || read == null) {
                return value == null
                        ? where + " is null and comes back as " + typeOf(read)
                        : where + " (" + typeOf(value) + ") comes back as null";
            }
            if (value instanceof String) {
                return value.equals(read) ? null : other(where, value, read);
            }
            ClassState state = state(value.getClass());
            ClassState ofRead = state(read.getClass());
            if (!state.mayComeBackAs(ofRead)) {
                return where + " (" + typeOf(value) + ") comes back as " + typeOf(read);
            }
            if (state.form() == ClassState.Structure.VALUE) {
                if (isNegativeZero(value)) {
                    return where + NEGATIVE_ZERO;
                }
                return state.equal(value, read) ? shared(where, state, ofRead, value, read) : other(where, value, read);
            }
            if (state.isMutable() && readOf.get(value) == read) {
                return null; // in progress or done
            }
            String shared = shared(where, state, ofRead, value, read);
            if (shared != null) {
                return shared;
            }
            if (++depth > MAX_DEPTH) {
                return where + " is nested too deeply to be compared";
            }
            String difference = inside(where, state, value, read);
            depth--;
            return difference;
        }

        private static String typeOf(@Nullable Object value) {
            return value == null ? "null" : value.getClass().getTypeName();
        }

        private static String other(String where, Object value, Object read) {
            return where + " (" + typeOf(value) + ") comes back as "
                    + (value.getClass() == read.getClass() ? "another one" : typeOf(read));
        }

        /** Compares sharing. JSON duplicates an object that occurs twice, which shows only if the object can change. */
        private @Nullable String shared(String where, ClassState state, ClassState ofRead, Object value, Object read) {
            if (wrapperOf.containsKey(value)) {
                return where + " (" + typeOf(value) + ") is also behind a wrapper, and comes back as several";
            }
            Object before = state.isMutable() ? readOf.put(value, read) : null;
            Object other = ofRead.isMutable() ? valueOf.put(read, value) : null;
            return before == null && other == null
                    ? null
                    : where + " (" + typeOf(value) + ") is one object in several places, "
                            + (before == null ? "but only after it was read" : "and comes back as several");
        }

        private @Nullable String inside(String where, ClassState state, Object value, Object read) {
            return switch (state.form()) {
                case VALUE -> throw new IllegalStateException("It has nothing inside.");
                case UNKNOWN -> where + " (" + typeOf(value) + ") cannot be compared: " + state.unknown();
                case PRESCRIBED -> {
                    setAside = true; // the wire format defines which state is lost
                    yield null;
                }
                case OPTIONAL ->
                    difference(where, ((Optional<?>) value).orElse(null), ((Optional<?>) read).orElse(null));
                case ARRAY -> elements(where, value, read);
                case COLLECTION, MAP, FIELDS -> {
                    String difference = content(where, state, value, read);
                    yield difference == null ? fields(state, value, read) : difference;
                }
            };
        }

        private @Nullable String elements(String where, Object array, Object read) {
            if (array.getClass().getComponentType().isPrimitive()) {
                boolean hasNegativeZero = array instanceof double[] doubles
                        ? Arrays.stream(doubles).anyMatch(StateEquality::isNegativeZero)
                        : array instanceof float[] floats
                                && IntStream.range(0, floats.length).anyMatch(i -> isNegativeZero(floats[i]));
                return hasNegativeZero
                        ? where + NEGATIVE_ZERO
                        : Objects.deepEquals(array, read) ? null : other(where, array, read);
            }
            int length = Array.getLength(array);
            String difference = length == Array.getLength(read) ? null : other(where, array, read);
            for (int i = 0; i < length && difference == null; i++) {
                difference = difference(where, Array.get(array, i), Array.get(read, i));
            }
            return difference;
        }

        /** Compares the content of a collection or map, which may also have fields. */
        private @Nullable String content(String where, ClassState state, Object value, Object read) {
            if (state.container() == null) {
                return null;
            }
            if (!Objects.equals(comparator(value), comparator(read))) {
                return where + " (" + typeOf(value) + ") comes back with another comparator";
            }
            ClassState shown = state;
            if (state.isWrapper()) {
                ClassState.JdkWrapper.Wrapped wrapped = ClassState.JdkWrapper.wrapped(value);
                if (wrapped == null || !(state(wrapped.type()).isPlainContainer() || comparator(value) != null)) {
                    return where + " (" + typeOf(value) + ") wraps "
                            + (wrapped == null
                                    ? "what it does not show"
                                    : wrapped.type().getTypeName())
                            + ", which does not come back";
                }
                shown = state(wrapped.type());
                Object other = wrapped.object() == null ? null : wrapperOf.put(wrapped.object(), value);
                if ((other != null && other != value) || readOf.containsKey(wrapped.object())) {
                    return where + " (" + typeOf(value)
                            + ") wraps what stands in several places, and comes back as several";
                }
            }
            boolean isMap = value instanceof Map;
            int size = isMap ? ((Map<?, ?>) value).size() : ((Collection<?>) value).size();
            int sizeOfRead = isMap ? ((Map<?, ?>) read).size() : ((Collection<?>) read).size();
            if (size != sizeOfRead) {
                return otherContent(where, value);
            }
            boolean inOrder = size <= 1 || state(read.getClass()).hasOrder();
            if (!inOrder && shown.hasOrder()) { // even if the order happens to match now, the next read may differ
                return where + " (" + typeOf(value) + ") comes back as " + typeOf(read) + ", which has no order";
            }
            if (isMap) {
                Map<?, ?> map = (Map<?, ?>) value;
                return inOrder ? entries(where, map, (Map<?, ?>) read) : entriesByKey(where, map, (Map<?, ?>) read);
            }
            Collection<?> all = (Collection<?>) value;
            Collection<?> others = (Collection<?>) read;
            return inOrder ? elements(where, all.iterator(), others.iterator()) : elementsByHash(where, all, others);
        }

        private static String otherContent(String where, Object value) {
            return where + " (" + typeOf(value) + ") comes back with elements that are not equal";
        }

        private static @Nullable Object comparator(Object value) {
            if (value instanceof SortedMap<?, ?> map) {
                return map.comparator();
            }
            return value instanceof SortedSet<?> set
                    ? set.comparator()
                    : value instanceof PriorityQueue<?> queue ? queue.comparator() : null;
        }

        private @Nullable String elements(String where, Iterator<?> elements, Iterator<?> others) {
            String difference = null;
            while (elements.hasNext() && difference == null) {
                difference = difference(where, elements.next(), others.next());
            }
            return difference;
        }

        private @Nullable String entries(String where, Map<?, ?> map, Map<?, ?> read) {
            Iterator<? extends Map.Entry<?, ?>> others = read.entrySet().iterator();
            String difference = null;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Map.Entry<?, ?> other = others.next();
                difference = difference(where, entry.getKey(), other.getKey());
                difference = difference == null ? difference(where, entry.getValue(), other.getValue()) : difference;
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }

        /** Compares unordered maps by key. Reading has hashed all keys before, so their hash codes work. */
        private @Nullable String entriesByKey(String where, Map<?, ?> map, Map<?, ?> read) {
            Map<Object, Object> keys = new HashMap<>();
            read.keySet().forEach(key -> keys.put(key, key));
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Object key = keys.get(entry.getKey());
                String difference = key == null && entry.getKey() != null
                        ? otherContent(where, map)
                        : difference(where, entry.getKey(), key);
                difference = difference == null ? difference(where, entry.getValue(), read.get(key)) : difference;
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }

        private @Nullable String elementsByHash(String where, Collection<?> elements, Collection<?> read) {
            Map<Object, Object> others = new HashMap<>();
            read.forEach(element -> others.put(element, element));
            String difference = null;
            for (Iterator<?> all = elements.iterator(); all.hasNext() && difference == null; ) {
                Object element = all.next();
                Object other = others.get(element);
                difference = other == null && element != null
                        ? otherContent(where, elements)
                        : difference(where, element, other);
            }
            return difference;
        }

        private @Nullable String fields(ClassState state, Object value, Object read) {
            for (ClassState.Slot slot : state.slots()) {
                if (slot.isSetAside()) {
                    setAside = true;
                } else if (slot.isPrimitive()) {
                    if (isNegativeZero(slot.content(value))) {
                        return slot.where() + NEGATIVE_ZERO;
                    }
                    if (!slot.samePrimitive(value, read)) {
                        return slot.where() + " (" + slot.type() + ") comes back as another one";
                    }
                } else {
                    String difference = difference(slot.where(), slot.content(value), slot.content(read));
                    if (difference != null) {
                        return difference;
                    }
                }
            }
            return null;
        }
    }

    private static boolean isNegativeZero(@Nullable Object value) {
        return (value instanceof Double number && Double.doubleToRawLongBits(number) == Long.MIN_VALUE)
                || (value instanceof Float single && Float.floatToRawIntBits(single) == Integer.MIN_VALUE);
    }

    private ClassState state(Class<?> type) {
        ClassState known = states.get(type);
        return known == null ? states.computeIfAbsent(type, ClassState::of) : known;
    }
}
