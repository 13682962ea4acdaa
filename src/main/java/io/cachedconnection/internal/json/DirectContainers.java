package io.cachedconnection.internal.json;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes containers directly. It writes a collection of any class. The comparison after reading back decides whether
 * the result has the same capabilities (see {@link StateEquality}).
 */
final class DirectContainers {

    private DirectContainers() {}

    /**
     * Returns the format of a JDK collection; null if it is not one of the usual classes.
     *
     * @param keepsOrder true if a {@code Set} comes back in the order of its JSON
     */
    static @Nullable DirectType orNull(Class<?> type, DirectType element, boolean keepsOrder) {
        if (type == List.class || type == Collection.class || type == ArrayList.class) {
            return new CollectionFormat(type, ArrayList::new, element);
        }
        if (type == LinkedHashSet.class || type == Set.class) {
            boolean isOrdered = keepsOrder || type == LinkedHashSet.class;
            return new CollectionFormat(type, isOrdered ? LinkedHashSet::new : HashSet::new, element);
        }
        return type == SortedSet.class || type == TreeSet.class
                ? new CollectionFormat(type, TreeSet::new, element)
                : null;
    }

    /** Returns the format of a JDK map; null if it is not one of the usual classes. */
    static @Nullable DirectType orNull(Class<?> type, DirectKey key, DirectType content) {
        if (type == Map.class || type == LinkedHashMap.class) {
            return new MapFormat(type, LinkedHashMap::new, key, content);
        }
        return type == SortedMap.class || type == TreeMap.class
                ? new MapFormat(type, TreeMap::new, key, content)
                : null;
    }

    /** A list or set. */
    private static final class CollectionFormat extends DirectType {

        private static final int MOST_OF_A_HASH = 500;

        private final Class<?> type;
        private final Supplier<Collection<@Nullable Object>> empty;
        private final DirectType element;

        CollectionFormat(Class<?> type, Supplier<Collection<@Nullable Object>> empty, DirectType element) {
            this.type = type;
            this.empty = empty;
            this.element = element;
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            in.begin('[');
            Collection<@Nullable Object> elements = empty.get();
            if (in.skip(']')) {
                return elements;
            }
            boolean isHashed = elements instanceof HashSet && !DirectScalars.isScalar(element);
            Collection<@Nullable Object> read = isHashed ? new ArrayList<>() : elements;
            do {
                read.add(element.read(in, in.inside(depth)));
            } while (in.skip(','));
            in.expect(']');
            if (isHashed) {
                checkHashes(read);
                elements.addAll(read);
            }
            return elements;
        }

        /**
         * Rejects many equal hash codes: each such element is compared with all before it, so a small entry could take seconds.
         */
        private static void checkHashes(Collection<@Nullable Object> elements) throws UnreadableValueException {
            if (elements.size() <= MOST_OF_A_HASH) {
                return;
            }
            int[] hashes =
                    elements.stream().mapToInt(Objects::hashCode).sorted().toArray();
            for (int i = MOST_OF_A_HASH; i < hashes.length; i++) {
                if (hashes[i] == hashes[i - MOST_OF_A_HASH]) {
                    throw new UnreadableValueException("a set of elements with one hash");
                }
            }
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            check(value, type);
            out.ascii('[');
            if (value instanceof ArrayList<?> list) { // the usual case, which needs no iterator
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

    private static void check(Object value, Class<?> type) {
        if (!type.isInstance(value)) {
            throw DirectWriter.notDirect();
        }
    }

    /** A map whose keys are written as text. */
    private static final class MapFormat extends DirectType {

        private final Class<?> type;
        private final Supplier<Map<Object, @Nullable Object>> empty;
        private final DirectKey key;
        private final DirectType content;

        MapFormat(Class<?> type, Supplier<Map<Object, @Nullable Object>> empty, DirectKey key, DirectType content) {
            this.type = type;
            this.empty = empty;
            this.key = key;
            this.content = content;
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
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
        protected void writeValue(Object value, DirectWriter out, int depth) {
            check(value, type);
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

    /** An array with this component type. */
    static final class Items extends DirectType {

        private final Class<?> component;
        private final DirectType item;

        Items(Class<?> component, DirectType item) {
            this.component = component;
            this.item = item;
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            in.begin('[');
            List<@Nullable Object> items = new ArrayList<>();
            if (!in.skip(']')) {
                do {
                    items.add(item.read(in, in.inside(depth)));
                } while (in.skip(','));
                in.expect(']');
            }
            Object array = Array.newInstance(component, items.size());
            if (array instanceof Object[] objects) {
                return items.toArray(objects);
            }
            for (int i = 0; i < items.size(); i++) {
                Array.set(array, i, items.get(i));
            }
            return array;
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            if (value.getClass().getComponentType() != component) {
                throw DirectWriter.notDirect();
            }
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

    /** An array of {@code int}, {@code long} or {@code double}, read without boxing. */
    static final class Numbers extends DirectType {

        private static final int FEW = 16;

        private final Class<?> component;

        Numbers(Class<?> component) {
            this.component = component;
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            in.begin('[');
            long[] numbers = new long[FEW]; // for a double its bits
            int count = 0;
            if (!in.skip(']')) {
                do {
                    numbers = count < numbers.length ? numbers : Arrays.copyOf(numbers, 2 * count);
                    in.inside(depth);
                    in.first();
                    numbers[count++] = component == double.class
                            ? Double.doubleToRawLongBits(DirectScalars.Fraction.read(in))
                            : component == int.class
                                    ? in.whole(Integer.MIN_VALUE, Integer.MAX_VALUE)
                                    : in.whole(Long.MIN_VALUE, Long.MAX_VALUE);
                } while (in.skip(','));
                in.expect(']');
            }
            LongStream read = Arrays.stream(numbers, 0, count);
            return component == long.class
                    ? read.toArray()
                    : component == int.class
                            ? read.mapToInt(number -> (int) number).toArray()
                            : read.mapToDouble(Double::longBitsToDouble).toArray();
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            if (value.getClass().getComponentType() != component) {
                throw DirectWriter.notDirect();
            }
            out.ascii('[');
            for (int i = 0; i < Array.getLength(value); i++) {
                if (i > 0) {
                    out.ascii(',');
                }
                out.inside(depth);
                if (value instanceof double[] doubles) {
                    DirectScalars.Fraction.write(doubles[i], out);
                } else {
                    out.number(Array.getLong(value, i));
                }
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

        /** Returns the format of a primitive Optional; null for other types. */
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
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            Object inside = content.readValue(in, depth);
            return inside == null ? empty : filled.apply(inside);
        }

        /** Refuses a null reference, because it would come back as an empty Optional. */
        @Override
        void writeNull(DirectWriter out) {
            throw DirectWriter.notDirect();
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
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

    /**
     * Converts between map keys and names in JSON, for key types that all JSON-B providers write alike.
     *
     * @param type the class of the keys
     * @param text converts a key to its text
     * @param parsed converts a name to its key, or throws a {@link RuntimeException}
     */
    record DirectKey(Class<?> type, Function<Object, String> text, Function<String, @Nullable Object> parsed) {

        private static final int UUID_LENGTH = 36;

        /** Returns the conversion for keys of {@code type}; null if providers may write them in several ways. */
        static @Nullable DirectKey orNull(Class<?> type) {
            if (type == String.class) {
                return new DirectKey(type, String.class::cast, name -> name);
            }
            if (type == Integer.class) {
                return new DirectKey(type, Object::toString, Integer::valueOf);
            }
            if (type == Long.class) {
                return new DirectKey(type, Object::toString, Long::valueOf);
            }
            if (type == UUID.class) {
                return new DirectKey(
                        type, Object::toString, name -> name.length() == UUID_LENGTH ? UUID.fromString(name) : null);
            }
            if (type.isEnum() && Stream.of(type.getEnumConstants()).allMatch(DirectKey::isToldByName)) {
                Map<String, Object> byName = Stream.of(type.getEnumConstants())
                        .collect(Collectors.toMap(constant -> ((Enum<?>) constant).name(), constant -> constant));
                return new DirectKey(type, constant -> ((Enum<?>) constant).name(), byName::get);
            }
            return null;
        }

        private static boolean isToldByName(Object constant) {
            return constant.toString().equals(((Enum<?>) constant).name());
        }

        String written(@Nullable Object key) {
            Class<?> found = key instanceof Enum<?> constant
                    ? constant.getDeclaringClass()
                    : key == null ? null : key.getClass();
            if (key == null || found != type || (key instanceof Enum<?> && !isToldByName(key))) {
                throw DirectWriter.notDirect();
            }
            return text.apply(key);
        }

        /** Returns the key of {@code name}, which must be its only valid text. */
        Object read(String name) throws UnreadableValueException {
            Object key = parsed.apply(name);
            if (key == null || !text.apply(key).equals(name)) {
                throw DirectReader.otherShape();
            }
            return key;
        }
    }
}
