package io.cachedconnection.internal.method;

import io.cachedconnection.internal.types.ClassDescription;
import io.cachedconnection.internal.types.TypeBindings;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The class of a bean, with type variables resolved. It caches what it computes about its methods. For one thread. */
final class BeanClass {

    private final Class<?> type;
    private final TypeBindings types;
    private final Map<Method, Signature> signatures = new HashMap<>();
    private final Map<Method, String> names = new HashMap<>();
    private final Map<Type, Optional<Type>> later = new HashMap<>();
    private @Nullable Map<Method, Method> originals;
    private @Nullable List<Method> methods;
    private @Nullable List<Method> unseenMethods;

    private BeanClass(Class<?> type) {
        this.type = type;
        this.types = TypeBindings.of(type);
    }

    static BeanClass of(Class<?> type) {
        return new BeanClass(type);
    }

    Class<?> type() {
        return type;
    }

    TypeBindings types() {
        return types;
    }

    /** Returns the part of a returned type that may do its work later; null if it is a plain value. */
    @Nullable Type laterIn(Type returned) {
        return later.computeIfAbsent(returned, each -> Optional.ofNullable(LaterTypes.find(each, type)))
                .orElse(null);
    }

    String name() {
        return type.getSimpleName();
    }

    /** Returns the name of a method in messages: {@code BookRepository.touch(long)}. */
    String name(Method method) {
        return names.computeIfAbsent(method, this::named);
    }

    private String named(Method method) {
        String own = signature(method).parameters().stream()
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", name() + "." + method.getName() + "(", ")"));
        Class<?> declaring = method.getDeclaringClass();
        return declaring == type ? own : own + " (declared in " + declaring.getSimpleName() + ")";
    }

    Signature signature(Method method) {
        return signatures.computeIfAbsent(
                method,
                each -> new Signature(
                        each.getName(),
                        Stream.of(each.getGenericParameterTypes())
                                .<Class<?>>map(types::erasure)
                                .toList()));
    }

    /**
     * Returns the methods that the bean and its superclasses declare, without overridden ones, in a stable order. If the server
     * creates the bean for an interface, all methods of the interface are the bean's own.
     */
    List<Method> methods() {
        List<Method> known = methods;
        if (known == null) {
            known = findMethods();
            methods = known;
        }
        return known;
    }

    private List<Method> findMethods() {
        List<Method> methods = new ArrayList<>();
        Set<Signature> nearer = new HashSet<>();
        for (Class<?> each :
                type.isInterface() ? new ClassDescription(type).ancestors() : new ClassDescription(type).classes()) {
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

    /** Returns the abstract and default methods that the bean implements or inherits, whose annotations CDI ignores. */
    List<Method> unseenMethods() {
        List<Method> known = unseenMethods;
        if (known == null) {
            known = inOrder(new ClassDescription(type)
                    .ancestors().stream()
                            .filter(each -> each != type && !type.isInterface())
                            .flatMap(each -> declared(each).stream())
                            .filter(BeanClass::isOverridable)
                            .filter(method -> method.isDefault() || Modifier.isAbstract(method.getModifiers()))
                            .toList());
            unseenMethods = known;
        }
        return known;
    }

    /** Returns the concrete superclass methods that the bean overrides, whose annotations are not inherited. */
    List<Method> overriddenMethods() {
        List<Method> seen = methods();
        Set<Signature> signatures = seen.stream().map(this::signature).collect(Collectors.toSet());
        return inOrder(new ClassDescription(type)
                .classes().stream()
                        .flatMap(each -> declared(each).stream())
                        .filter(BeanClass::isOverridable)
                        .filter(method -> !Modifier.isAbstract(method.getModifiers()))
                        .filter(method -> !seen.contains(method) && signatures.contains(signature(method)))
                        .toList());
    }

    /** Returns the unseen methods that {@code method} implements. */
    List<Method> implementedBy(Method method) {
        Signature signature = signature(method);
        return unseenMethods().stream()
                .filter(unseen -> !unseen.equals(method) && signature(unseen).equals(signature))
                .toList();
    }

    /** Returns the methods of superclasses and interfaces that {@code method} overrides or implements. */
    List<Method> sameAs(Method method) {
        Signature signature = signature(method);
        return new ClassDescription(type)
                .ancestors().stream()
                        .flatMap(each -> declared(each).stream())
                        .filter(BeanClass::isOverridable)
                        .filter(each -> each.getName().equals(method.getName()) && !each.equals(method))
                        .filter(each -> signature(each).equals(signature))
                        .toList();
    }

    /**
     * Maps all methods that lead to a method of the bean to that method: methods it overrides or implements, and bridges. A
     * container passes such a method to an interceptor if it was called, for example through a generic interface, or if the
     * compiler repeats the methods of a non-public superclass in a public class.
     */
    Map<Method, Method> originals() {
        Map<Method, Method> known = originals;
        if (known == null) {
            known = findOriginals();
            originals = known;
        }
        return known;
    }

    private Map<Method, Method> findOriginals() {
        Map<Signature, Method> methods = new HashMap<>();
        methods().stream()
                .filter(BeanClass::isOverridable)
                .forEach(method -> methods.putIfAbsent(signature(method), method));
        Map<Method, Method> found = new HashMap<>();
        for (Class<?> each : new ClassDescription(type).ancestors()) {
            for (Method method : each.getDeclaredMethods()) {
                Stream<Method> meant = method.isBridge() ? declaredLike(method) : Stream.of(method);
                meant.map(this::signature)
                        .map(methods::get)
                        .filter(original -> original != null && !original.equals(method) && isOverridable(method))
                        .findFirst()
                        .ifPresent(original -> found.put(method, original));
            }
        }
        return found;
    }

    /** Returns the methods for which the compiler may have generated {@code bridge}: same name and same erased types. */
    private Stream<Method> declaredLike(Method bridge) {
        return new ClassDescription(type)
                .ancestors().stream()
                        .flatMap(each -> declared(each).stream())
                        .filter(method -> method.getName().equals(bridge.getName())
                                && Arrays.equals(method.getParameterTypes(), bridge.getParameterTypes()));
    }

    /**
     * Whether a bridge of a subclass leads to {@code method} with other types: the method then implements an interface that its
     * own class does not know. Not every container intercepts that bridge.
     */
    boolean isAdopted(Method method) {
        return method.getDeclaringClass() != type
                && originals().entrySet().stream()
                        .anyMatch(each -> each.getValue().equals(method)
                                && each.getKey().isBridge()
                                && each.getKey().getDeclaringClass() != method.getDeclaringClass()
                                && method.getDeclaringClass()
                                        .isAssignableFrom(each.getKey().getDeclaringClass())
                                && !(each.getKey().getReturnType() == method.getReturnType()
                                        && Arrays.equals(
                                                each.getKey().getParameterTypes(), method.getParameterTypes())));
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

    /** Whether it is a method of {@code Object} such as {@code equals}, overridden or not. */
    static boolean isOfEveryObject(Method method) {
        return Stream.of(Object.class.getDeclaredMethods())
                .anyMatch(each -> each.getName().equals(method.getName())
                        && Arrays.equals(each.getParameterTypes(), method.getParameterTypes()));
    }

    private static boolean isOverridable(Method method) {
        return !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }

    /** The signature that an overriding method shares: the name and the erased, resolved parameter types. */
    record Signature(String name, List<Class<?>> parameters) {}
}
