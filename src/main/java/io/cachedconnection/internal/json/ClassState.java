package io.cachedconnection.internal.json;

import io.cachedconnection.internal.profile.CacheProfiles;
import io.cachedconnection.internal.types.ClassDescription;
import io.cachedconnection.internal.types.Property;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The location of the state of a class, which decides how two objects are compared.
 *
 * @param type the class
 * @param form the kind of class
 * @param slots the fields of the application's classes, superclasses first
 * @param roles the collection and map interfaces that it implements
 * @param isMutable true if an object may change, apart from its content
 * @param container the class that keeps elements or entries: this class, or the JDK class that it extends; or null
 * @param unknown why its state is not known; empty if it is known
 */
record ClassState(
        Class<?> type,
        Structure form,
        List<Slot> slots,
        Set<Class<?>> roles,
        boolean isMutable,
        @Nullable Class<?> container,
        String unknown) {

    /** The kind of class. */
    enum Structure {
        /** A JDK value whose {@code equals} compares its whole state, or an enum constant. */
        VALUE,
        /** A type with a wire format from a profile. */
        PRESCRIBED,
        /** An {@code Optional}. */
        OPTIONAL,
        /** An array. */
        ARRAY,
        /** A collection of the JDK or of a persistence provider. */
        COLLECTION,
        /** A map of the JDK or of a persistence provider. */
        MAP,
        /** Any other class with accessible fields. */
        FIELDS,
        /** A class with inaccessible state. */
        UNKNOWN
    }

    private static final Set<String> VALUES = Set.of(
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.lang.Character",
            "java.lang.String",
            "java.lang.Class",
            "java.math.BigInteger",
            "java.math.BigDecimal",
            "java.net.URI",
            "java.net.URL",
            "java.util.UUID",
            "java.util.Locale",
            "java.util.Currency",
            "java.util.OptionalInt",
            "java.util.OptionalLong",
            "java.util.OptionalDouble");
    private static final Set<String> CHANGING_VALUES = Set.of(
            "java.util.Date",
            "java.util.GregorianCalendar",
            "java.util.SimpleTimeZone",
            "sun.util.calendar.ZoneInfo",
            "java.util.BitSet",
            "java.sql.Date",
            "java.sql.Time",
            "java.sql.Timestamp");
    private static final Set<String> BY_TEXT = Set.of(
            "java.util.concurrent.atomic.AtomicBoolean",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong",
            "java.lang.StringBuilder",
            "java.lang.StringBuffer");

    // Their state is more than an iterator shows: identity of keys, defaults, or weak references.
    private static final Set<String> ODD =
            Set.of("java.util.IdentityHashMap", "java.util.WeakHashMap", "java.util.Properties");
    private static final Set<String> UNCHANGING = Set.of("Empty", "Singleton", "Unmodifiable");

    private static final Set<String> WITHOUT_ORDER = Set.of(
            "java.util.HashMap",
            "java.util.HashMap$KeySet",
            "java.util.HashMap$Values",
            "java.util.HashSet",
            "java.util.Hashtable",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentHashMap$KeySetView",
            "java.util.ImmutableCollections$Set12",
            "java.util.ImmutableCollections$SetN",
            "java.util.ImmutableCollections$Map1",
            "java.util.ImmutableCollections$MapN");
    private static final Set<Class<?>> ROLES = Set.of(
            List.class,
            Set.class,
            SortedSet.class,
            NavigableSet.class,
            Queue.class,
            Deque.class,
            Map.class,
            SortedMap.class,
            NavigableMap.class);

    static ClassState of(Class<?> type) {
        if (type.isArray()) {
            return plain(type, Structure.ARRAY, true);
        }
        if (CacheProfiles.prescribe(type)) {
            return plain(type, Structure.PRESCRIBED, false);
        }
        if (type == Optional.class) {
            return plain(type, Structure.OPTIONAL, false);
        }
        if (isUnchangingValue(type) || JsonValue.class.isAssignableFrom(type) || Enum.class.isAssignableFrom(type)) {
            return plain(type, Structure.VALUE, false);
        }
        if (CHANGING_VALUES.contains(type.getName()) || BY_TEXT.contains(type.getName())) {
            return plain(type, Structure.VALUE, true);
        }
        boolean isContainer = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
        if (isContainer
                && (type.getName().startsWith("java.util.") || EntityCodec.ProviderAdditions.isContainer(type))) {
            return ODD.stream().anyMatch(odd -> (type.getName() + "$").startsWith(odd + "$"))
                    ? unknown(type, "it holds more than its elements")
                    : new ClassState(
                            type,
                            Map.class.isAssignableFrom(type) ? Structure.MAP : Structure.COLLECTION,
                            List.of(),
                            roles(type),
                            !isUnchanging(type),
                            type,
                            "");
        }
        return ClassDescription.isOfPlatform(type) || type.isHidden()
                ? unknown(type, "the class does not show its state")
                : ofFields(type);
    }

    /** Tells whether values of {@code type} never change and {@code equals} compares their whole state. */
    static boolean isUnchangingValue(Class<?> type) {
        return VALUES.contains(type.getName()) || type.getPackageName().equals("java.time") || type.isEnum();
    }

    private static ClassState plain(Class<?> type, Structure form, boolean mutable) {
        return new ClassState(type, form, List.of(), Set.of(), mutable, null, "");
    }

    private static ClassState unknown(Class<?> type, String why) {
        return new ClassState(type, Structure.UNKNOWN, List.of(), Set.of(), true, null, why);
    }

    /** Returns the interfaces of a container. A list that is also a queue counts as a list. */
    private static Set<Class<?>> roles(Class<?> type) {
        Set<Class<?>> roles = new HashSet<>(ROLES);
        roles.removeIf(role -> !role.isAssignableFrom(type));
        if (roles.contains(List.class)) {
            roles.retainAll(Set.of(List.class));
        }
        return Set.copyOf(roles);
    }

    /** Tells whether elements can be neither added nor removed, so that sharing does not matter. */
    private static boolean isUnchanging(Class<?> type) {
        String name = type.getName();
        return name.startsWith("java.util.ImmutableCollections$")
                || (name.startsWith("java.util.Collections$")
                        && UNCHANGING.stream().anyMatch(type.getSimpleName()::startsWith));
    }

    private static ClassState ofFields(Class<?> type) {
        List<Slot> slots = new ArrayList<>();
        boolean mutable = false;
        Class<?> parent = type;
        for (; parent != null && !ClassDescription.isOfPlatform(parent); parent = parent.getSuperclass()) {
            List<Slot> own = new ArrayList<>();
            for (Field field : parent.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || ClassDescription.isAdded(field)) {
                    continue;
                }
                Property property = new ClassDescription(type).property(field);
                if (!field.trySetAccessible()) {
                    return unknown(type, property.where() + " is not accessible");
                }
                own.add(new Slot(
                        field,
                        property.where(),
                        JsonbAnnotations.isTransient(property),
                        field.getType().isPrimitive()));
                mutable |= !Modifier.isFinal(field.getModifiers());
            }
            slots.addAll(0, own);
        }
        boolean onTop = parent == null || parent == Object.class || parent == Record.class;
        boolean isContainer = parent != null
                && parent.getName().startsWith("java.util.")
                && (Collection.class.isAssignableFrom(parent) || Map.class.isAssignableFrom(parent))
                && !ODD.contains(parent.getName());
        if (!onTop && !isContainer) {
            return unknown(type, "it extends " + parent.getName());
        }
        Class<?> container = isContainer ? parent : null;
        return new ClassState(
                type, Structure.FIELDS, List.copyOf(slots), Set.of(), mutable || isContainer, container, "");
    }

    /**
     * Tells whether an object of {@code read} may stand for one of this class: the class itself, or a collection with the same
     * capabilities. An unmodifiable collection may come back as a modifiable one.
     */
    boolean mayComeBackAs(ClassState read) {
        if (type == read.type) {
            return true;
        }
        boolean alike = form == read.form && (form == Structure.COLLECTION || form == Structure.MAP);
        return alike && isGeneral() && read.isGeneral() && read.roles.containsAll(roles);
    }

    /**
     * Tells whether the class is a general container: not made for concurrent use, and with no more than its interfaces
     * declare.
     */
    private boolean isGeneral() {
        return !type.getName().startsWith("java.util.concurrent.")
                && !type.getName().equals("java.util.PriorityQueue");
    }

    /** Tells whether it is a wrapper of {@code java.util.Collections}, which hides comparator and order. */
    boolean isWrapper() {
        return JdkWrapper.isWrapper(type);
    }

    /** Tells whether the wrapped container behaves as its elements show: without identity or a comparator. */
    boolean isPlainContainer() {
        return (form == Structure.COLLECTION || form == Structure.MAP)
                && isGeneral()
                && !SortedMap.class.isAssignableFrom(type)
                && !SortedSet.class.isAssignableFrom(type);
    }

    /** Tells whether the iteration order is significant. */
    boolean hasOrder() {
        return container != null && !WITHOUT_ORDER.contains(container.getName());
    }

    /** Compares two values of this class, which has no accessible fields. */
    boolean equal(Object value, Object read) {
        if (value instanceof URL || value instanceof JsonValue || BY_TEXT.contains(type.getName())) {
            return value.toString().equals(read.toString()); // the equals of a URL queries DNS
        }
        return value.equals(read);
    }

    /**
     * A field.
     *
     * @param field the field
     * @param where the names of the class and the field
     * @param isSetAside true if its declaration excludes it from serialization
     * @param isPrimitive true if its type is primitive
     */
    record Slot(Field field, String where, boolean isSetAside, boolean isPrimitive) {

        @Nullable Object content(Object owner) {
            try {
                return field.get(owner);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("It was accessible.", e);
            }
        }

        String type() {
            return field.getType().getName();
        }

        boolean samePrimitive(Object value, Object read) {
            try {
                return switch (field.getType().descriptorString().charAt(0)) {
                    case 'D' -> Double.compare(field.getDouble(value), field.getDouble(read)) == 0;
                    case 'F' -> Float.compare(field.getFloat(value), field.getFloat(read)) == 0;
                    case 'Z' -> field.getBoolean(value) == field.getBoolean(read);
                    case 'C' -> field.getChar(value) == field.getChar(read);
                    default -> field.getLong(value) == field.getLong(read);
                };
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("It was accessible.", e);
            }
        }
    }

    /**
     * The wrappers of {@code java.util.Collections}. They show their elements, but not whether a comparator or identity decides
     * the results of {@code contains} and {@code get}. Reflection cannot access the wrapped object. Serialization can: it
     * writes the class of the wrapped object before its content.
     */
    static final class JdkWrapper {

        private static final Pattern NAMES = Pattern.compile(
                "java\\.util\\.Collections\\$((Unmodifiable|Synchronized|Checked).*|(Sequenced)?SetFromMap|AsLIFOQueue)");

        private JdkWrapper() {}

        static boolean isWrapper(Class<?> type) {
            return NAMES.matcher(type.getName()).matches();
        }

        /**
         * The wrapped object.
         *
         * @param type its class
         * @param object the object itself; null if it is inaccessible or immutable
         */
        record Wrapped(Class<?> type, @Nullable Object object) {}

        /** Unwraps {@code wrapper}, through nested wrappers; null if the content cannot be determined. */
        static @Nullable Wrapped wrapped(Object wrapper) {
            WrappedFinder finder = null;
            try {
                finder = new WrappedFinder(wrapper);
                finder.writeObject(wrapper);
                return null;
            } catch (
                    NotSerializableException
                            e) { // for example from the JDK's views of maps; the message is the name of the class
                try {
                    return new Wrapped(
                            Class.forName(
                                    e.getMessage(), false, wrapper.getClass().getClassLoader()),
                            null);
                } catch (ClassNotFoundException notOfTheJdk) {
                    return null;
                }
            } catch (IOException | RuntimeException e) {
                return finder == null ? null : finder.found;
            }
        }

        /** Discards its output and stops at the first collection or map that is not a wrapper. */
        private static final class WrappedFinder extends ObjectOutputStream {

            private static final String OF_FIXED =
                    "java.util.CollSer"; // the serialized form of List.of, Set.of and Map.of

            private final Object wrapper;
            private @Nullable Wrapped found;
            private boolean isOver; // the stream ends with the exception, whose class is written first

            WrappedFinder(Object wrapper) throws IOException {
                super(OutputStream.nullOutputStream());
                this.wrapper = wrapper;
                enableReplaceObject(true);
            }

            @Override
            protected Object replaceObject(Object object) throws IOException {
                Class<?> type = object.getClass();
                isOver |= object instanceof Throwable;
                if (!isOver && type.getName().equals(OF_FIXED)) {
                    Object fixed = wrapper instanceof Set
                            ? Set.of(1, 2, 3)
                            : wrapper instanceof Map ? Map.of(1, 1, 2, 2) : List.of(1, 2, 3);
                    found = new Wrapped(fixed.getClass(), null);
                } else if (!isOver && (object instanceof Collection || object instanceof Map) && !isWrapper(type)) {
                    found = new Wrapped(type, object);
                }
                if (found != null) {
                    throw new IOException("That is enough.");
                }
                return object;
            }
        }
    }
}
