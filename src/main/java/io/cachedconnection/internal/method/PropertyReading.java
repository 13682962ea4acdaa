package io.cachedconnection.internal.method;

import static java.lang.invoke.MethodType.methodType;

import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.types.ClassDescription;
import io.cachedconnection.internal.types.TypeBindings;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the properties of a type. Reports properties that are missing or inaccessible. */
final class PropertyReading {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final Pattern GETTER = Pattern.compile("(get|is)[A-Z].*");

    private final Problems problems;

    PropertyReading(Problems problems) {
        this.problems = problems;
    }

    /**
     * Finds the property {@code name} of {@code owner}: its record component, or else its getter, its public field, or its
     * public method of exactly that name.
     */
    @Nullable Property named(String name, Type owner) {
        Optional<? extends Member> member = accessor(name, owner)
                .or(() -> getter(name, owner))
                .map(Member.class::cast)
                .or(() -> field(name, owner))
                .or(() -> publicMethods(TypeBindings.erased(owner), named(name)).findFirst());
        if (member.isEmpty()) {
            problems.add(MethodMessage.UNKNOWN_PROPERTY, name, owner.getTypeName());
            return null;
        }
        return readable(member.get(), owner);
    }

    /** Returns {@code component} of the record {@code owner} as a property. */
    @Nullable Property of(RecordComponent component, Type owner) {
        return readable(component.getAccessor(), owner);
    }

    /** Returns the names of the one-word properties of {@code owner}; for a record in the order of its components. */
    List<String> words(Type owner) {
        Class<?> type = TypeBindings.erased(owner);
        Stream<Member> members = type.isRecord()
                ? Stream.of(type.getRecordComponents()).map(RecordComponent::getAccessor)
                : publicMethods(type, method -> GETTER.matcher(method.getName()).matches())
                        .map(Member.class::cast)
                        .sorted(Comparator.comparing(Member::getName));
        return members.filter(member -> TypeBindings.of(owner).resolve(type(member)) instanceof Class<?> word
                        && SimpleFormats.of(word) != null)
                .map(member -> type.isRecord() ? member.getName() : decapitalized(member.getName()))
                .distinct()
                .toList();
    }

    private static String decapitalized(String getter) {
        String name = getter.substring(getter.startsWith("get") ? "get".length() : "is".length());
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static Optional<Method> accessor(String name, Type owner) {
        Class<?> type = TypeBindings.erased(owner);
        return type.isRecord() ? methods(type, named(name)).findFirst() : Optional.empty();
    }

    private static Optional<Method> getter(String name, Type owner) {
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        Predicate<Method> isGetter =
                named("get" + capital).or(named("is" + capital).and(PropertyReading::isBoolean));
        return publicMethods(TypeBindings.erased(owner), isGetter).findFirst();
    }

    private static Stream<Method> publicMethods(Class<?> type, Predicate<Method> wanted) {
        return methods(type, wanted)
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !BeanClass.isOfEveryObject(method));
    }

    private static Optional<Field> field(String name, Type owner) {
        return new ClassDescription(TypeBindings.erased(owner))
                .ancestors().stream()
                        .flatMap(each -> Stream.of(each.getDeclaredFields()))
                        .filter(field -> field.getName().equals(name))
                        .filter(field ->
                                Modifier.isPublic(field.getModifiers()) && !Modifier.isStatic(field.getModifiers()))
                        .findFirst();
    }

    /** Returns the wanted methods, except bridge methods, which have lost their type arguments. */
    private static Stream<Method> methods(Class<?> type, Predicate<Method> wanted) {
        return new ClassDescription(type)
                .ancestors().stream()
                        .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                        .filter(wanted)
                        .filter(method -> method.getParameterCount() == 0 && method.getReturnType() != void.class)
                        .filter(method -> !method.isBridge() && !Modifier.isStatic(method.getModifiers()));
    }

    private static Predicate<Method> named(String name) {
        return method -> method.getName().equals(name);
    }

    private static boolean isBoolean(Method method) {
        return method.getReturnType() == boolean.class || method.getReturnType() == Boolean.class;
    }

    private @Nullable Property readable(Member member, Type owner) {
        try {
            ((AccessibleObject) member).setAccessible(true);
            return new Property(handle(member), TypeBindings.of(owner).resolve(type(member)));
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            problems.add(MethodMessage.UNREADABLE_PROPERTY, member.getName(), owner.getTypeName());
            return null;
        }
    }

    private static MethodHandle handle(Member member) throws IllegalAccessException {
        MethodHandle handle =
                member instanceof Method method ? LOOKUP.unreflect(method) : LOOKUP.unreflectGetter((Field) member);
        return handle.asType(methodType(Object.class, Object.class));
    }

    private static Type type(Member member) {
        return member instanceof Method method ? method.getGenericReturnType() : ((Field) member).getGenericType();
    }

    /**
     * A record component, getter or public field.
     *
     * @param handle reads it: takes an object and returns an object
     * @param type its declared type, with type variables resolved
     */
    record Property(MethodHandle handle, Type type) {

        /** Returns its value. An exception of the getter reaches the caller; a checked one is wrapped as by a proxy. */
        @Nullable Object of(Object owner) {
            try {
                return (Object) handle.invokeExact(owner);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new UndeclaredThrowableException(e);
            }
        }
    }
}
