package io.cachedconnection.internal.types;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Describes a class: its ancestors, fields, accessors and properties. It defines what a property, a getter and a setter are.
 * Members that compilers and persistence providers add are left out. Thread-safe; caches nothing.
 *
 * @param type the class
 */
public record ClassDescription(Class<?> type) {

    private static final int NEVER_WRITTEN = Modifier.STATIC | Modifier.TRANSIENT;
    private static final List<String> OF_PROVIDERS =
            List.of("_persistence_", "pcStateManager", "pcDetachedState", "pcVersionInit");

    /** Returns the class and its superclasses without {@code Object}, nearest first; an interface alone. */
    public Set<Class<?>> classes() {
        Set<Class<?>> classes = new LinkedHashSet<>();
        for (@Nullable Class<?> next = type; next != null && next != Object.class; next = next.getSuperclass()) {
            classes.add(next);
        }
        return classes;
    }

    /** Returns every interface of the class and of its superclasses. */
    public Set<Class<?>> interfaces() {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        classes().forEach(each -> collect(each, interfaces));
        return interfaces;
    }

    private static void collect(Class<?> type, Set<Class<?>> interfaces) {
        for (Class<?> each : type.getInterfaces()) {
            interfaces.add(each);
            collect(each, interfaces);
        }
    }

    /** Returns all types of the class: {@link #classes()}, then {@link #interfaces()}. */
    public Set<Class<?>> ancestors() {
        Set<Class<?>> all = classes();
        all.addAll(interfaces());
        return all;
    }

    /** Returns the properties with a field that is neither static nor transient, superclasses first. */
    public List<Property> properties() {
        List<Property> properties = new ArrayList<>();
        for (@Nullable Class<?> next = type; next != null && !isOfPlatform(next); next = next.getSuperclass()) {
            List<Property> own = Arrays.stream(next.getDeclaredFields())
                    .filter(field -> isOfSource(field) && (field.getModifiers() & NEVER_WRITTEN) == 0)
                    .map(this::property)
                    .toList();
            properties.addAll(0, own);
        }
        return properties;
    }

    /** Returns the property of {@code field}, which the class declares or inherits. */
    public Property property(Field field) {
        String end = capitalized(field.getName());
        String usual = (field.getType() == boolean.class ? "is" : "get") + end;
        Method getter = first(method -> isGetter(method) && method.getName().equals(usual));
        if (getter == null) {
            getter = first(method -> isGetter(method)
                    && (method.getName().equals("get" + end) || method.getName().equals("is" + end)));
        }
        boolean isComponent = field.getDeclaringClass().isRecord();
        return new Property(
                field,
                getter,
                first(method -> isSetter(method) && method.getName().equals("set" + end)),
                isComponent
                        ? first(method -> method.getName().equals(field.getName()) && method.getParameterCount() == 0)
                        : null);
    }

    private @Nullable Method first(Predicate<Method> wanted) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !method.isBridge() && wanted.test(method))
                .findFirst()
                .orElse(null);
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** Returns the public getters without a field, except those of the platform's classes. */
    public Stream<Method> gettersWithoutField() {
        List<Property> properties = properties();
        return Arrays.stream(type.getMethods())
                .filter(method -> isGetter(method)
                        && !method.isBridge()
                        && !isOfPlatform(method.getDeclaringClass())
                        && properties.stream().noneMatch(property -> method.equals(property.getter())));
    }

    /** Whether there is a public setter for the getter {@code method}. */
    public boolean isSettable(Method method) {
        String name = method.getName().substring(method.getName().startsWith("get") ? 3 : 2);
        return first(other -> isSetter(other) && other.getName().equals("set" + name)) != null;
    }

    /** Returns all methods that may be getters or setters: its own, public or not, and inherited public ones. */
    public Stream<Method> accessors() {
        return Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getDeclaredMethods()))
                .distinct()
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> isGetter(method) || isSetter(method));
    }

    /** Returns the constructors and methods that the class itself declares. */
    public Stream<Executable> executables() {
        return Stream.concat(Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()));
    }

    /** Returns the constructor without parameters; null if there is none. */
    public @Nullable Constructor<?> defaultConstructor() {
        return Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> constructor.getParameterCount() == 0)
                .findFirst()
                .orElse(null);
    }

    /** Whether {@code method} has the form of a getter: {@code getX()}, or {@code isX()} of a boolean. */
    public static boolean isGetter(Method method) {
        String name = method.getName();
        Class<?> type = method.getReturnType();
        return method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && type != void.class
                && (hasPrefix(name, "get")
                        || (hasPrefix(name, "is") && (type == boolean.class || type == Boolean.class)));
    }

    /** Whether {@code method} has the form of a setter: {@code setX(value)}. */
    public static boolean isSetter(Method method) {
        return method.getParameterCount() == 1
                && !Modifier.isStatic(method.getModifiers())
                && hasPrefix(method.getName(), "set");
    }

    private static boolean hasPrefix(String name, String prefix) {
        return name.length() > prefix.length() && name.startsWith(prefix);
    }

    /** Whether {@code member} comes from the source, not from a compiler, agent or persistence provider. */
    public static boolean isOfSource(Member member) {
        return !member.isSynthetic() && !isAdded(member);
    }

    /** Whether a persistence provider has added {@code member} to the application's class. */
    public static boolean isAdded(Member member) {
        String name = member.getName();
        return name.contains("$$_hibernate_") || OF_PROVIDERS.stream().anyMatch(name::startsWith);
    }

    /** Whether {@code type} belongs to Java or Jakarta EE. */
    public static boolean isOfPlatform(Class<?> type) {
        String name = type.getName();
        return name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("jakarta.");
    }
}
