package io.cachedconnection.internal.json;

import io.cachedconnection.internal.core.UnreadableValueException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values that hold others, directly. The classes that a collection may have when it is written are those that come back as one that
 * can do the same, by the rules of {@link SameState}; all others are left to JSON-B.
 */
final class DirectContainers {

    private static final Set<Class<?>> FIXED = classes(
            List.of(),
            List.of(1),
            List.of(1, 2, 3),
            Set.of(),
            Set.of(1),
            Set.of(1, 2, 3),
            Map.of(),
            Map.of(1, 1),
            Map.of(1, 1, 2, 2),
            Collections.emptyList(),
            Collections.emptySet(),
            Collections.emptyMap(),
            Collections.singletonList(1),
            Collections.singleton(1),
            Collections.singletonMap(1, 1)); // of the JDK; what cannot change may stand in many places
    private static final Set<Class<?>> LISTS = classes(new ArrayList<>(), Arrays.asList(1));
    private static final Set<Class<?>> SETS = classes(new HashSet<>());
    private static final Set<Class<?>> ORDERED_SETS = classes(new HashSet<>(), new LinkedHashSet<>());
    private static final Set<Class<?>> MAPS = classes(new HashMap<>(), new LinkedHashMap<>());

    private DirectContainers() {}

    private static Set<Class<?>> classes(Object... values) {
        return Stream.of(values).map(Object::getClass).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * How a collection of the JDK is written and read; null if it is none of those that are for sure.
     *
     * @param keepsOrder whether a {@code Set} comes back in the order of its JSON
     */
    static @Nullable DirectType orNull(Class<?> type, DirectType element, boolean keepsOrder) {
        if (type == List.class || type == Collection.class) {
            return new Elements(List.class, LISTS, ArrayList::new, element);
        }
        if (type == ArrayList.class) {
            return new Elements(ArrayList.class, Set.of(ArrayList.class), ArrayList::new, element);
        }
        if (type == Set.class) {
            return keepsOrder
                    ? new Elements(Set.class, ORDERED_SETS, LinkedHashSet::new, element)
                    : new Elements(Set.class, SETS, HashSet::new, element);
        }
        if (type == LinkedHashSet.class) {
            return new Elements(LinkedHashSet.class, Set.of(LinkedHashSet.class), LinkedHashSet::new, element);
        }
        return type == SortedSet.class || type == TreeSet.class
                ? new Elements(TreeSet.class, Set.of(TreeSet.class), TreeSet::new, element)
                : null;
    }

    /** How a map of the JDK is written and read; null if its class may come back as another one. */
    static @Nullable DirectType orNull(Class<?> type, DirectKey key, DirectType content) {
        if (type == Map.class) {
            return new Entries(Map.class, MAPS, LinkedHashMap::new, key, content);
        }
        if (type == LinkedHashMap.class) {
            return new Entries(LinkedHashMap.class, Set.of(LinkedHashMap.class), LinkedHashMap::new, key, content);
        }
        return type == SortedMap.class || type == TreeMap.class
                ? new Entries(TreeMap.class, Set.of(TreeMap.class), TreeMap::new, key, content)
                : null;
    }

    /** A list or set. */
    private static final class Elements extends DirectType {

        private final Class<?> type;
        private final Set<Class<?>> classes;
        private final Supplier<Collection<@Nullable Object>> empty;
        private final DirectType element;

        Elements(
                Class<?> type,
                Set<Class<?>> classes,
                Supplier<Collection<@Nullable Object>> empty,
                DirectType element) {
            this.type = type;
            this.classes = classes;
            this.empty = empty;
            this.element = element;
        }

        @Override
        Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            in.begin('[');
            Collection<@Nullable Object> elements = empty.get();
            if (in.skip(']')) {
                return elements;
            }
            do {
                elements.add(element.read(in, in.inside(depth)));
            } while (in.skip(','));
            in.expect(']');
            return elements;
        }

        @Override
        void writeValue(Object value, DirectWriter out, int depth) {
            check(value, type, classes, out);
            out.ascii('[');
            if (value instanceof ArrayList<?> list) { // nearly always; it needs no iterator
                for (int i = 0; i < list.size(); i++) {
                    write(list.get(i), i == 0, out, depth);
                }
            } else {
                boolean isFirst = true;
                for (Object each : (Collection<?>) value) {
                    write(each, isFirst, out, depth);
                    isFirst = false;
                }
            }
            out.ascii(']');
        }

        private void write(@Nullable Object each, boolean isFirst, DirectWriter out, int depth) {
            if (!isFirst) {
                out.ascii(',');
            }
            element.write(each, out, out.inside(depth));
        }
    }

    private static void check(Object value, Class<?> type, Set<Class<?>> classes, DirectWriter out) {
        boolean isFixed = FIXED.contains(value.getClass()) && type.isInstance(value);
        boolean isNatural = !(value instanceof SortedSet<?> set && set.comparator() != null)
                && !(value instanceof SortedMap<?, ?> map && map.comparator() != null);
        if (!isFixed && (!classes.contains(value.getClass()) || !isNatural)) {
            throw DirectWriter.notDirect();
        }
        if (!isFixed) {
            out.once(value);
        }
    }

    /** A map whose keys have a text. */
    private static final class Entries extends DirectType {

        private final Class<?> type;
        private final Set<Class<?>> classes;
        private final Supplier<Map<Object, @Nullable Object>> empty;
        private final DirectKey key;
        private final DirectType content;

        Entries(
                Class<?> type,
                Set<Class<?>> classes,
                Supplier<Map<Object, @Nullable Object>> empty,
                DirectKey key,
                DirectType content) {
            this.type = type;
            this.classes = classes;
            this.empty = empty;
            this.key = key;
            this.content = content;
        }

        @Override
        Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            in.begin('{');
            Map<Object, @Nullable Object> entries = empty.get();
            if (in.skip('}')) {
                return entries;
            }
            int count = 0;
            do {
                int inside = in.inside(depth);
                Object name = key.read(in.name());
                entries.put(name, content.read(in, inside));
                if (entries.size() != ++count) {
                    throw new UnreadableValueException("a name twice");
                }
            } while (in.skip(','));
            in.expect('}');
            return entries;
        }

        @Override
        void writeValue(Object value, DirectWriter out, int depth) {
            check(value, type, classes, out);
            char before = '{';
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                out.ascii(before);
                before = ',';
                out.string(key.written(entry.getKey()));
                out.ascii(':');
                content.write(entry.getValue(), out, out.inside(depth));
            }
            if (before == '{') {
                out.ascii('{');
            }
            out.ascii('}');
        }
    }

    /** An array, by its component type. */
    static final class Items extends DirectType {

        private final Class<?> component;
        private final DirectType item;

        Items(Class<?> component, DirectType item) {
            this.component = component;
            this.item = item;
        }

        @Override
        Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            in.begin('[');
            List<@Nullable Object> items = new ArrayList<>();
            if (!in.skip(']')) {
                do {
                    items.add(item.read(in, in.inside(depth)));
                } while (in.skip(','));
                in.expect(']');
            }
            Object array = Array.newInstance(component, items.size());
            for (int i = 0; i < items.size(); i++) {
                Array.set(array, i, items.get(i));
            }
            return array;
        }

        @Override
        void writeValue(Object value, DirectWriter out, int depth) {
            if (value.getClass().getComponentType() != component) {
                throw DirectWriter.notDirect();
            }
            out.once(value);
            out.ascii('[');
            for (int i = 0; i < Array.getLength(value); i++) {
                if (i > 0) {
                    out.ascii(',');
                }
                item.write(Array.get(value, i), out, out.inside(depth));
            }
            out.ascii(']');
        }
    }

    /** An {@code Optional} inside a value: its content, or null. */
    static final class Maybe extends DirectType {

        private final Class<?> type;
        private final DirectType content;
        private final Object empty;
        private final Function<Object, Object> filled;
        private final Function<Object, @Nullable Object> contentOf;

        private Maybe(
                Class<?> type,
                DirectType content,
                Object empty,
                Function<Object, Object> filled,
                Function<Object, @Nullable Object> contentOf) {
            this.type = type;
            this.content = content;
            this.empty = empty;
            this.filled = filled;
            this.contentOf = contentOf;
        }

        static Maybe of(DirectType content) {
            return new Maybe(
                    Optional.class,
                    content,
                    Optional.empty(),
                    Optional::of,
                    value -> ((Optional<?>) value).orElse(null));
        }

        /** One of a number; null for other types. */
        static @Nullable Maybe orNull(Class<?> type) {
            if (type == OptionalInt.class) {
                return new Maybe(
                        type,
                        DirectScalars.known(int.class),
                        OptionalInt.empty(),
                        value -> OptionalInt.of((Integer) value),
                        value -> ((OptionalInt) value).isPresent() ? (Object) ((OptionalInt) value).getAsInt() : null);
            }
            if (type == OptionalLong.class) {
                return new Maybe(
                        type,
                        DirectScalars.known(long.class),
                        OptionalLong.empty(),
                        value -> OptionalLong.of((Long) value),
                        value -> ((OptionalLong) value).isPresent()
                                ? (Object) ((OptionalLong) value).getAsLong()
                                : null);
            }
            return type != OptionalDouble.class
                    ? null
                    : new Maybe(
                            type,
                            DirectScalars.known(double.class),
                            OptionalDouble.empty(),
                            value -> OptionalDouble.of((Double) value),
                            value -> ((OptionalDouble) value).isPresent()
                                    ? (Object) ((OptionalDouble) value).getAsDouble()
                                    : null);
        }

        @Override
        Object ofNull() {
            return empty;
        }

        @Override
        Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            Object inside = content.readValue(in, depth);
            return inside == null ? empty : filled.apply(inside);
        }

        /** It is none, and comes back as an empty one. */
        @Override
        void writeNull(DirectWriter out) {
            throw DirectWriter.notDirect();
        }

        @Override
        void writeValue(Object value, DirectWriter out, int depth) {
            if (value.getClass() != type) {
                throw DirectWriter.notDirect();
            }
            Object inside = contentOf.apply(value);
            if (inside == null) {
                out.nothing();
            } else {
                content.writeValue(inside, out, depth);
            }
        }
    }
}
