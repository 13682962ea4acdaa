package io.cachedconnection.internal.method;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class of a bean, its type variables resolved. */
record BeanClass(Class<?> type, TypeBindings types) {

    static BeanClass of(Class<?> type) {
        return new BeanClass(type, TypeBindings.of(type));
    }

    String name() {
        return type.getSimpleName();
    }

    /** How messages name a method: {@code BookRepository.touch(long)}. */
    String name(Method method) {
        String own = signature(method).parameters().stream()
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", name() + "." + method.getName() + "(", ")"));
        Class<?> declaring = method.getDeclaringClass();
        return declaring == type ? own : own + " (declared in " + declaring.getSimpleName() + ")";
    }

    Signature signature(Method method) {
        return new Signature(
                method.getName(),
                Stream.of(method.getGenericParameterTypes())
                        .<Class<?>>map(parameter -> TypeBindings.erased(types.resolve(parameter)))
                        .toList());
    }

    /**
     * The methods that the bean and its superclasses declare, without those overridden, in an order that never changes. If
     * the server makes the bean of an interface, all of its methods are the bean's own.
     */
    List<Method> methods() {
        List<Method> methods = new ArrayList<>();
        Set<Signature> nearer = new HashSet<>();
        for (Class<?> each : type.isInterface() ? Ancestry.of(type) : Ancestry.classes(type)) {
            List<Method> declared = declared(each);
            declared.stream()
                    .filter(method -> !isOverridable(method) || !nearer.contains(signature(method)))
                    .forEach(methods::add);
            declared.stream()
                    .filter(BeanClass::isOverridable)
                    .map(this::signature)
                    .forEach(nearer::add);
        }
        return inOrder(methods);
    }

    /** The abstract and default methods that the bean implements or inherits; CDI does not look at their annotations. */
    List<Method> unseenMethods() {
        return inOrder(Ancestry.of(type).stream()
                .filter(each -> each != type && !type.isInterface())
                .flatMap(each -> declared(each).stream())
                .filter(BeanClass::isOverridable)
                .filter(method -> method.isDefault() || Modifier.isAbstract(method.getModifiers()))
                .toList());
    }

    /** The methods of superclasses that the bean overrides, but for the abstract ones; what they carry is not inherited. */
    List<Method> overriddenMethods() {
        List<Method> seen = methods();
        Set<Signature> signatures = seen.stream().map(this::signature).collect(Collectors.toSet());
        return inOrder(Ancestry.classes(type).stream()
                .flatMap(each -> declared(each).stream())
                .filter(BeanClass::isOverridable)
                .filter(method -> !Modifier.isAbstract(method.getModifiers()))
                .filter(method -> !seen.contains(method) && signatures.contains(signature(method)))
                .toList());
    }

    /** Of these the ones that {@code method} implements. */
    List<Method> implementedBy(Method method) {
        Signature signature = signature(method);
        return unseenMethods().stream()
                .filter(unseen -> !unseen.equals(method) && signature(unseen).equals(signature))
                .toList();
    }

    private List<Method> inOrder(List<Method> methods) {
        return methods.stream()
                .sorted(Comparator.comparing((Method method) -> name(method)).thenComparing(Method::toGenericString))
                .toList();
    }

    private static List<Method> declared(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> !method.isBridge() && !method.isSynthetic())
                .toList();
    }

    /** Whether it is {@code equals}, {@code hashCode}, {@code toString} or such, overridden or not. */
    static boolean isOfEveryObject(Method method) {
        return Stream.of(Object.class.getDeclaredMethods())
                .anyMatch(each -> each.getName().equals(method.getName())
                        && Arrays.equals(each.getParameterTypes(), method.getParameterTypes()));
    }

    private static boolean isOverridable(Method method) {
        return !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }
}
