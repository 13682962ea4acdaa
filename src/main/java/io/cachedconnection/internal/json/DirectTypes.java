package io.cachedconnection.internal.json;

import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.json.bind.annotation.JsonbCreator;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The compiler of types whose JSON is determined by their declaration: from a type to how its values are written and read directly,
 * or why they are not. One instance is for one type.
 */
final class DirectTypes {

    private static final int MOST_COMPONENTS = 200; // a method has no more than 255 parameters
    private static final int MOST_RECORDS = 300; // generics may grow without end

    // What TreeSet and TreeMap sort by itself, whose order says the same as its equals.
    private static final Set<Class<?>> SORTED = Set.of(
            String.class,
            Integer.class,
            Long.class,
            Short.class,
            Byte.class,
            UUID.class,
            Instant.class,
            LocalDate.class);

    private final Shape further;
    private final Map<Key, DirectRecord> records = new HashMap<>();
    private boolean isProven = true;

    private DirectTypes(Shape further) {
        this.further = further;
    }

    /**
     * How values of a type are written and read.
     *
     * @param direct by which they are without JSON-B; null if they are not
     * @param isProven whether what is written so is read as the same without a trial
     * @param reason why they are not; empty if they are
     */
    record Plan(@Nullable DirectType direct, boolean isProven, String reason) {}

    /** Says that a type goes through JSON-B, and why. */
    private static final class Unsupported extends Exception {
        private static final long serialVersionUID = 1L;

        Unsupported(String reason) {
            super(reason, null, false, false);
        }
    }

    /** A class with what its type arguments are. */
    private record Key(Class<?> type, List<Argument> arguments) {}

    /** A type argument, by its class too where it has none of its own. */
    private record Argument(DirectType direct, Class<?> type) {}

    static Plan of(Type type) {
        try {
            List<String> doubts = Doubts.of(type);
            if (!doubts.isEmpty()) {
                return new Plan(null, false, doubts.get(0));
            }
            DirectTypes types = new DirectTypes(Shapes.further(type));
            DirectType direct = types.of("the value", type, Map.of(), true);
            return direct instanceof DirectContainers.Maybe
                    ? new Plan(null, false, "the value is an Optional")
                    : new Plan(direct, types.isProven, "");
        } catch (Unsupported e) {
            return new Plan(null, false, String.valueOf(e.getMessage()));
        } catch (LinkageError | TypeNotPresentException e) {
            return new Plan(null, false, "a class that it is made of is missing");
        } catch (ReflectiveOperationException e) {
            return new Plan(null, false, "a record that it is made of is not accessible");
        }
    }

    /** {@code isTop}: there are only the JDK's classes around it. */
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
        if (raw.isRecord()) {
            return ofRecord(raw, arguments);
        }
        DirectType container = ofContainer(raw, arguments, isTop);
        if (container == null) {
            throw new Unsupported(where + " is a " + generic.getTypeName());
        }
        return container;
    }

    private DirectType ofClass(String where, Class<?> type) throws Unsupported, ReflectiveOperationException {
        if (type == ProviderConnection.class) {
            return DirectConnections.CONNECTION;
        }
        if (type == ProviderCredentials.class) {
            return DirectConnections.CREDENTIALS;
        }
        if (type.isEnum() && Annotated.inAnyPart(type)) {
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
        if (type.isArray() && type.getComponentType() != float.class) { // which Johnzon writes as doubles
            DirectType item = ofClass(where, type.getComponentType());
            if (!(item instanceof DirectContainers.Maybe)) {
                return new DirectContainers.Items(type.getComponentType(), item);
            }
        }
        if (type.isRecord() && type.getTypeParameters().length == 0) {
            return ofRecord(type, List.of());
        }
        throw new Unsupported(where + " is a " + type.getTypeName());
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
            DirectKey key = DirectKey.orNull(first.type());
            return key == null
                    ? null
                    : DirectContainers.orNull(type, key, arguments.get(1).direct());
        }
        if (!Collection.class.isAssignableFrom(type)) {
            return null;
        }
        // What else is in a set may have an equals and a hashCode of its own.
        isProven &= !Set.class.isAssignableFrom(type)
                || (first.type() != byte[].class && DirectScalars.orNull(first.type()) != null);
        return DirectContainers.orNull(type, first.direct(), isTop);
    }

    private DirectType ofRecord(Class<?> type, List<Argument> arguments)
            throws Unsupported, ReflectiveOperationException {
        Key key = new Key(type, arguments);
        DirectRecord known = records.get(key);
        if (known != null) {
            return known;
        }
        checkRecord(type);
        DirectRecord made = new DirectRecord(type, further);
        records.put(key, made);
        if (records.size() > MOST_RECORDS) {
            throw new Unsupported(type.getSimpleName() + " holds itself with ever other type arguments");
        }
        Map<TypeVariable<?>, Argument> variables = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            variables.put(type.getTypeParameters()[i], arguments.get(i));
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String where = type.getSimpleName() + "." + component.getName();
            made.members().set(component.getName(), of(where, component.getGenericType(), variables, false));
        }
        isProven &= PlainRecord.isProven(type);
        return made;
    }

    private static void checkRecord(Class<?> type) throws Unsupported {
        String name = type.getSimpleName();
        if (type.getRecordComponents().length > MOST_COMPONENTS) {
            throw new Unsupported(name + " has more than " + MOST_COMPONENTS + " components");
        }
        if (Annotated.inAnyPart(type)) {
            throw new Unsupported(name + " has an annotation of JSON-B");
        }
        for (Method method : type.getMethods()) {
            boolean isOurs = method.getDeclaringClass() != Object.class;
            if (isOurs && (Getters.isGetter(method) || Getters.isSetter(method))) {
                throw new Unsupported(name + "." + method.getName() + " is written as well");
            }
        }
        Class<?>[] canonical = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        boolean isMadeOtherwise = Stream.<Executable>concat(
                        Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods()))
                .anyMatch(maker -> isCreator(maker)
                        && !(maker instanceof Constructor<?> && Arrays.equals(maker.getParameterTypes(), canonical)));
        if (isMadeOtherwise) {
            throw new Unsupported(name + " has a creator of its own");
        }
    }

    private static boolean isCreator(AnnotatedElement maker) {
        return Arrays.stream(maker.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType() == JsonbCreator.class
                        || annotation.annotationType().getName().equals("java.beans.ConstructorProperties"));
    }
}
