package io.cachedconnection.internal.json;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.types.ClassDescription;
import io.cachedconnection.internal.types.Property;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The codec of a type with JPA entities. Before writing, it copies the value field by field into plain objects of the
 * application's classes with JDK collections. Persistence providers add their own collections and fields to entities, which
 * JSON cannot restore. Thread-safe.
 */
final class EntityCodec<V> implements ValueCodec<V> {

    private final ValueCodec<V> codec;
    private final Map<Class<?>, CopiedClass> classes = new ConcurrentHashMap<>();

    EntityCodec(ValueCodec<V> codec) {
        this.codec = codec;
    }

    @Override
    @SuppressWarnings("unchecked") // a copy has the class of its original
    public byte[] encode(@Nullable V value) throws UnreadableValueException {
        try {
            return codec.encode((V) new Copying().copy(value));
        } catch (ReflectiveOperationException e) {
            throw new UnreadableValueException(Objects.requireNonNullElse(e.getCause(), e));
        } catch (RuntimeException e) { // from a lazy attribute, a constructor, or a field of another collection type
            throw new UnreadableValueException(e);
        }
    }

    @Override
    public @Nullable V decode(byte[] payload) throws UnreadableValueException {
        return codec.decode(payload);
    }

    @Override
    public boolean areSame(byte[] one, byte[] other) throws UnreadableValueException {
        return codec.areSame(one, other);
    }

    @Override
    public boolean isUsable() {
        return codec.isUsable();
    }

    @Override
    public boolean isOfEntities() {
        return true;
    }

    /** How objects of a class are copied; without a constructor they are not. */
    private record CopiedClass(@Nullable Constructor<?> constructor, List<Property> properties) {

        static CopiedClass of(Class<?> type) {
            ClassDescription description = new ClassDescription(type);
            List<Property> properties = description.properties();
            Constructor<?> constructor = description.defaultConstructor();
            boolean isWhole = description.classes().stream().noneMatch(ClassDescription::isOfPlatform)
                    && properties.stream().allMatch(property -> property.field().trySetAccessible())
                    && constructor != null
                    && constructor.trySetAccessible();
            return new CopiedClass(isWhole ? constructor : null, properties);
        }
    }

    /** One copy of one value. References shared in the value are shared in the copy. */
    private final class Copying {

        private final IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();

        @Nullable Object copy(@Nullable Object value) throws ReflectiveOperationException, UnreadableValueException {
            if (value == null || copies.containsKey(value)) {
                return copies.get(value);
            }
            if (value instanceof Optional<?> optional) {
                return Optional.ofNullable(copy(optional.orElse(null)));
            }
            if (value instanceof Map<?, ?> map) {
                return copyOf(map);
            }
            if (value instanceof Collection<?> collection) {
                return copyOf(collection);
            }
            Class<?> type = value.getClass();
            if (type.isArray()) {
                return copyOfArray(value);
            }
            if (ClassDescription.isOfPlatform(type) || type.isEnum() || JsonbAnnotations.converted(type)) {
                return value;
            }
            return type.isRecord() ? copyOfRecord(value) : copyOfObject(value);
        }

        /** Returns the collection itself if it is the application's own class or contains nothing that was copied. */
        private Object copyOf(Collection<?> collection) throws ReflectiveOperationException, UnreadableValueException {
            List<@Nullable Object> copied = new ArrayList<>(collection.size());
            boolean same = !ProviderAdditions.isContainer(collection.getClass());
            for (Object element : collection) {
                Object copy = copy(element);
                copied.add(copy);
                same &= copy == element;
            }
            if (same || !isReplaceable(collection)) {
                return collection;
            }
            if (!(collection instanceof Set)) {
                return copied;
            }
            // Providers' sets have no order; ReachableEntities refuses those mapped with one.
            Set<@Nullable Object> set =
                    ProviderAdditions.isContainer(collection.getClass()) ? new HashSet<>() : new LinkedHashSet<>();
            if (collection instanceof SortedSet<?> sorted) {
                @SuppressWarnings("unchecked") // the copies compare like the originals
                SortedSet<@Nullable Object> likewise =
                        new TreeSet<>(((SortedSet<@Nullable Object>) sorted).comparator());
                set = likewise;
            }
            set.addAll(copied);
            require(set.size() == copied.size(), "a set whose elements are not what they were");
            return set;
        }

        private Object copyOf(Map<?, ?> map) throws ReflectiveOperationException, UnreadableValueException {
            Map<@Nullable Object, @Nullable Object> copied = new LinkedHashMap<>();
            if (map instanceof SortedMap<?, ?> sorted) {
                @SuppressWarnings("unchecked") // the copies compare like the originals
                SortedMap<@Nullable Object, @Nullable Object> likewise =
                        new TreeMap<>(((SortedMap<@Nullable Object, @Nullable Object>) sorted).comparator());
                copied = likewise;
            }
            boolean same = !ProviderAdditions.isContainer(map.getClass());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Object key = copy(entry.getKey());
                Object content = copy(entry.getValue());
                copied.put(key, content);
                same &= key == entry.getKey() && content == entry.getValue();
            }
            if (same || !isReplaceable(map)) {
                return map;
            }
            require(copied.size() == map.size(), "a map whose keys are not what they were");
            return copied;
        }

        private Object copyOfArray(Object array) throws ReflectiveOperationException, UnreadableValueException {
            if (array.getClass().getComponentType().isPrimitive()) {
                return array;
            }
            int length = Array.getLength(array);
            Object copied = Array.newInstance(array.getClass().getComponentType(), length);
            for (int i = 0; i < length; i++) {
                Array.set(copied, i, copy(Array.get(array, i)));
            }
            return copied;
        }

        private Object copyOfRecord(Object value) throws ReflectiveOperationException, UnreadableValueException {
            RecordComponent[] components = value.getClass().getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            @Nullable Object[] contents = new Object[components.length];
            boolean same = true;
            for (int i = 0; i < components.length; i++) {
                Method accessor = components[i].getAccessor();
                accessor.setAccessible(true);
                Object content = accessor.invoke(value);
                types[i] = components[i].getType();
                contents[i] = copy(content);
                same &= contents[i] == content;
            }
            if (same) {
                return value;
            }
            Constructor<?> constructor = value.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(contents);
        }

        private Object copyOfObject(Object value) throws ReflectiveOperationException, UnreadableValueException {
            Class<?> type = value.getClass();
            boolean mapped = ReachableEntities.isMapped(type);
            require(mapped || !ReachableEntities.isEntity(type), "a proxy of an entity, or a subclass that is none");
            CopiedClass copied = classes.computeIfAbsent(type, CopiedClass::of);
            if (copied.constructor() == null) {
                require(!mapped, "an entity without a constructor without parameters");
                return value;
            }
            Object copy = copied.constructor().newInstance();
            copies.put(value, copy);
            for (Property property : copied.properties()) {
                Method getter = property.getter();
                if (getter != null) {
                    getter.setAccessible(true);
                    getter.invoke(value); // loads a lazy value, or fails if it can no longer be loaded
                }
                property.field().set(copy, copy(property.field().get(value)));
            }
            return copy;
        }
    }

    private static boolean isReplaceable(Object container) {
        return ProviderAdditions.isContainer(container.getClass())
                || container.getClass().getName().startsWith("java.util.");
    }

    private static void require(boolean possible, String otherwise) throws UnreadableValueException {
        if (!possible) {
            throw new UnreadableValueException(otherwise);
        }
    }

    /** The collections and fields that Hibernate, EclipseLink and OpenJPA add to entities. */
    static final class ProviderAdditions {

        /**
         * Interfaces of the providers' collections, without the beginning of their names, because no string may name a server's
         * class.
         */
        private static final List<String> CONTAINERS = List.of(
                "hibernate.collection.spi.PersistentCollection",
                "eclipse.persistence.indirection.IndirectContainer",
                "openjpa.util.ProxyCollection",
                "openjpa.util.ProxyMap");

        private ProviderAdditions() {}

        /** Tells whether a provider supplies collections or maps of {@code type}. */
        static boolean isContainer(Class<?> type) {
            return !ClassDescription.isOfPlatform(type)
                    && (CONTAINERS.stream().anyMatch(type.getName()::endsWith)
                            || Arrays.stream(type.getInterfaces()).anyMatch(ProviderAdditions::isContainer)
                            || (type.getSuperclass() != null && isContainer(type.getSuperclass())));
        }
    }
}
