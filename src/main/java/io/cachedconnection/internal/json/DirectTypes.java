package io.cachedconnection.internal.json;

import io.cachedconnection.internal.types.ClassDescription;
import io.cachedconnection.internal.types.Property;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles types whose declaration determines their JSON: returns the direct format of a type, or the reason why it has none.
 * Use one instance for one type.
 */
final class DirectTypes {

    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z][A-Za-z0-9_]*");
    private static final int MOST_COMPONENTS = 200; // a method has at most 255 parameters
    private static final int MOST_OBJECTS = 300; // recursive generics may expand without end

    // Types that TreeSet and TreeMap sort consistently with equals.
    private static final Set<Class<?>> SORTED = Set.of(
            String.class,
            Integer.class,
            Long.class,
            Short.class,
            Byte.class,
            UUID.class,
            Instant.class,
            LocalDate.class);

    private final JsonShape further;
    private final Map<TypeKey, DirectObject> objects = new HashMap<>();
    private final Map<Class<?>, DirectObject.DirectSealed> sealed = new HashMap<>();

    private DirectTypes(JsonShape further) {
        this.further = further;
    }

    /**
     * The direct format of a type.
     *
     * @param direct the format; null if values go through JSON-B
     * @param reason why they go through JSON-B; empty if they do not
     */
    record Plan(@Nullable DirectType direct, String reason) {}

    /** Thrown for a type that goes through JSON-B; the message is the reason. */
    private static final class Unsupported extends Exception {
        private static final long serialVersionUID = 1L;

        Unsupported(String reason) {
            super(reason, null, false, false);
        }
    }

    /** A class with its type arguments. */
    private record TypeKey(Class<?> type, List<Argument> arguments) {}

    /** A type argument, with its class in case it has no format of its own. */
    private record Argument(DirectType direct, Class<?> type) {}

    static Plan of(Type type) {
        try {
            List<String> doubts = TypeWarnings.of(type);
            if (!doubts.isEmpty()) {
                return new Plan(null, doubts.get(0));
            }
            DirectTypes types = new DirectTypes(Shapes.further(type));
            DirectType direct = types.of("the value", type, Map.of(), true);
            return direct instanceof DirectContainers.Maybe
                    ? new Plan(null, "the value is an Optional")
                    : new Plan(direct, "");
        } catch (Unsupported e) {
            return new Plan(null, String.valueOf(e.getMessage()));
        } catch (LinkageError | TypeNotPresentException e) {
            return new Plan(null, "a class that it is made of is missing");
        } catch (RuntimeException | StackOverflowError e) { // from code of the application, such as toString
            return new Plan(null, "it cannot be compiled: " + e.getClass().getName());
        } catch (ReflectiveOperationException e) {
            return new Plan(null, "a class that it is made of is not accessible");
        }
    }

    /** With {@code isTop}, only JDK classes enclose the type. */
    private DirectType of(String where, Type type, Map<TypeVariable<?>, Argument> variables, boolean isTop)
            throws Unsupported, ReflectiveOperationException {
        if (type instanceof Class<?> plain) {
            return ofClass(where, plain);
        }
        if (type instanceof TypeVariable<?> variable && variables.containsKey(variable)) {
            return variables.get(variable).direct();
        }
        if (!(type instanceof ParameterizedType generic)) {
            throw new Unsupported(where + " is " + type.getTypeName());
        }
        Class<?> raw = (Class<?>) generic.getRawType();
        List<Argument> arguments = new ArrayList<>();
        for (Type argument : generic.getActualTypeArguments()) {
            boolean isTopInside = isTop && raw.getName().startsWith("java.util.");
            Class<?> itself = argument instanceof Class<?> plain
                    ? plain
                    : argument instanceof TypeVariable<?> variable && variables.containsKey(variable)
                            ? variables.get(variable).type()
                            : Object.class;
            arguments.add(new Argument(of(where, argument, variables, isTopInside), itself));
        }
        if (!ClassDescription.isOfPlatform(raw)) {
            return ofObject(raw, arguments);
        }
        DirectType container = ofContainer(raw, arguments, isTop);
        if (container == null) {
            throw new Unsupported(where + " is a " + generic.getTypeName());
        }
        return container;
    }

    private DirectType ofClass(String where, Class<?> type) throws Unsupported, ReflectiveOperationException {
        DirectType prescribed = FormatProfile.formatOrNull(type);
        if (prescribed != null) {
            return prescribed;
        }
        if (type.isEnum() && JsonbAnnotations.mayConcernJsonb(type, null)) {
            throw new Unsupported(type.getSimpleName() + " has an annotation of JSON-B");
        }
        DirectType scalar = DirectScalars.orNull(type);
        if (scalar != null) {
            return scalar;
        }
        DirectType number = DirectContainers.Maybe.orNull(type);
        if (number != null) {
            return number;
        }
        if (type == int[].class || type == long[].class || type == double[].class) {
            return new DirectContainers.Numbers(type.getComponentType());
        }
        if (type.isArray() && type.getComponentType() != float.class) { // Johnzon writes float[] as doubles
            DirectType item = ofClass(where, type.getComponentType());
            if (!(item instanceof DirectContainers.Maybe)) {
                return new DirectContainers.Items(type.getComponentType(), item);
            }
        }
        if (type.isArray()
                || ClassDescription.isOfPlatform(type)
                || type.getTypeParameters().length > 0
                || type.isPrimitive()) {
            throw new Unsupported(where + " is a " + type.getTypeName());
        }
        return ofObject(type, List.of());
    }

    private @Nullable DirectType ofContainer(Class<?> type, List<Argument> arguments, boolean isTop) {
        Argument first = arguments.get(0);
        if (type == Optional.class && !(first.direct() instanceof DirectContainers.Maybe)) {
            return DirectContainers.Maybe.of(first.direct());
        }
        boolean isSorted = SortedSet.class.isAssignableFrom(type) || SortedMap.class.isAssignableFrom(type);
        if (isSorted && !SORTED.contains(first.type()) && !first.type().isEnum()) {
            return null;
        }
        if (Map.class.isAssignableFrom(type)) {
            DirectContainers.DirectKey key = DirectContainers.DirectKey.orNull(first.type());
            return key == null
                    ? null
                    : DirectContainers.orNull(type, key, arguments.get(1).direct());
        }
        if (!Collection.class.isAssignableFrom(type)) {
            return null;
        }
        return DirectContainers.orNull(type, first.direct(), isTop);
    }

    private DirectType ofObject(Class<?> type, List<Argument> arguments)
            throws Unsupported, ReflectiveOperationException {
        TypeKey key = new TypeKey(type, arguments);
        DirectObject known = objects.get(key);
        if (known != null) {
            return known;
        }
        if (type.isInterface() && type.isAnnotationPresent(JsonbTypeInfo.class)) {
            return ofSealed(type);
        }
        check(type);
        Map<TypeVariable<?>, Argument> variables = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            variables.put(type.getTypeParameters()[i], arguments.get(i));
        }
        Map<String, Type> types = new LinkedHashMap<>();
        DirectObject made;
        if (type.isRecord()) {
            checkCreators(type);
            types = components(type);
            made = DirectObject.ofRecord(type, further);
        } else {
            made = DirectObject.ofClass(type, properties(type, types), further);
        }
        objects.put(key, made); // registered before its members, because a type may contain itself
        if (objects.size() > MOST_OBJECTS) {
            throw new Unsupported("it holds more than " + MOST_OBJECTS + " classes, counted with their type arguments");
        }
        fill(made, type, types, variables);
        return made;
    }

    private static Map<String, Type> components(Class<?> record) {
        Map<String, Type> types = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            types.put(component.getName(), component.getGenericType());
        }
        return types;
    }

    private void fill(
            DirectObject object, Class<?> type, Map<String, Type> types, Map<TypeVariable<?>, Argument> variables)
            throws Unsupported, ReflectiveOperationException {
        for (Map.Entry<String, Type> member : types.entrySet()) {
            String where = type.getSimpleName() + "." + member.getKey();
            object.members().set(member.getKey(), of(where, member.getValue(), variables, false));
        }
    }

    private DirectType ofSealed(Class<?> type) throws Unsupported, ReflectiveOperationException {
        DirectObject.DirectSealed known = sealed.get(type);
        if (known != null) {
            return known;
        }
        JsonbTypeInfo info = type.getAnnotation(JsonbTypeInfo.class);
        Set<Class<?>> told = Stream.of(info.value()).map(JsonbSubtype::type).collect(Collectors.toSet());
        boolean isWhole = type.isSealed()
                && info.value().length == told.size()
                && told.equals(Set.of(type.getPermittedSubclasses()))
                && Stream.of(info.value()).map(JsonbSubtype::alias).distinct().count() == told.size()
                && told.stream().allMatch(Class::isRecord);
        if (!isWhole || type.getTypeParameters().length > 0 || JsonbAnnotations.mayConcernJsonb(type, type)) {
            throw new Unsupported(type.getSimpleName()
                    + " is not sealed, or does not give each of its records, and nothing else, a name of its own");
        }
        DirectObject.DirectSealed made = new DirectObject.DirectSealed();
        sealed.put(type, made);
        for (JsonbSubtype subtype : info.value()) {
            Class<?> record = subtype.type();
            boolean hasKey = Stream.of(record.getRecordComponents())
                    .anyMatch(component -> component.getName().equals(info.key()));
            boolean isEmpty = record.getRecordComponents().length
                    == 0; // Yasson does not write an empty record after the type member
            if (hasKey
                    || isEmpty
                    || record.getTypeParameters().length > 0
                    || JsonbAnnotations.mayConcernJsonb(record, type)) {
                throw new Unsupported(record.getSimpleName() + " is generic, has no component, one of the name "
                        + info.key() + ", or an annotation of JSON-B");
            }
            checkCreators(record);
            byte[] opening = DirectObject.DirectSealed.opening(info.key(), subtype.alias());
            DirectObject object = DirectObject.ofRecord(record, further, info.key(), opening);
            made.add(record, opening, object);
            fill(object, record, components(record), Map.of());
        }
        return made;
    }

    /**
     * Returns the properties of a class without other state: each field has a getter and a setter of its type, and there are no
     * other accessors.
     *
     * @param types receives the type of each property by its name
     */
    private static List<DirectObject.Accessors> properties(Class<?> type, Map<String, Type> types) throws Unsupported {
        String name = type.getSimpleName();
        if (type.getSuperclass() != Object.class || type.getTypeParameters().length > 0) {
            throw new Unsupported(name + " extends a class, or is generic");
        }
        ClassDescription description = new ClassDescription(type);
        Constructor<?> constructor = description.defaultConstructor();
        if (constructor == null
                || !Modifier.isPublic(constructor.getModifiers())
                || JsonbAnnotations.creators(type).findAny().isPresent()) {
            throw new Unsupported(name + " is not made by a public constructor without parameters");
        }
        Map<String, Type> sure = JsonbAnnotations.sureProperties(type);
        List<DirectObject.Accessors> properties = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            Property property = description.property(field);
            Method getter = property.getter();
            Method setter = property.setter();
            if (getter == null
                    || setter == null
                    || !PLAIN_NAME
                            .matcher(field.getName())
                            .matches() // otherwise providers derive another name from the getter
                    || !sure.containsKey(field.getName())
                    || !getter.getGenericReturnType().equals(field.getGenericType())
                    || !setter.getGenericParameterTypes()[0].equals(field.getGenericType())
                    || setter.getReturnType() != void.class
                    || (field.getModifiers() & (Modifier.FINAL | Modifier.PUBLIC)) != 0) {
                throw new Unsupported(property.where() + " is no property with a getter and a setter");
            }
            types.put(field.getName(), field.getGenericType());
            properties.add(new DirectObject.Accessors(field.getName(), getter, setter));
        }
        if (description.accessors().count() != 2L * properties.size()) {
            throw new Unsupported(name + " has a getter or setter without a field");
        }
        return properties;
    }

    private static void check(Class<?> type) throws Unsupported {
        if (type.isInterface()) {
            throw new Unsupported(type.getSimpleName() + " is an interface");
        }
        if (JsonbAnnotations.mayConcernJsonb(type, null)) {
            throw new Unsupported(type.getSimpleName() + " has an annotation of JSON-B");
        }
    }

    private static void checkCreators(Class<?> type) throws Unsupported {
        String name = type.getSimpleName();
        if (type.getRecordComponents().length > MOST_COMPONENTS) {
            throw new Unsupported(name + " has more than " + MOST_COMPONENTS + " components");
        }
        for (Method method : type.getMethods()) {
            boolean isOurs = method.getDeclaringClass() != Object.class;
            if (isOurs && (ClassDescription.isGetter(method) || ClassDescription.isSetter(method))) {
                throw new Unsupported(name + "." + method.getName() + " is written as well");
            }
        }
        Class<?>[] canonical = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        boolean isMadeOtherwise = JsonbAnnotations.creators(type)
                .anyMatch(maker ->
                        !(maker instanceof Constructor<?> && Arrays.equals(maker.getParameterTypes(), canonical)));
        if (isMadeOtherwise) {
            throw new Unsupported(name + " has a creator of its own");
        }
    }
}
