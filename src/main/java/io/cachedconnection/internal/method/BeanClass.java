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

/** The class of a bean, its type variables resolved. It remembers what was worked out about its methods. For one thread. */
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

    /** What does its work later in what a method returns; null if it is a value throughout. */
    @Nullable Type laterIn(Type returned) {
        return later.computeIfAbsent(returned, each -> Optional.ofNullable(LaterTypes.find(each, type)))
                .orElse(null);
    }

    String name() {
        return type.getSimpleName();
    }

    /** How messages name a method: {@code BookRepository.touch(long)}. */
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
     * The methods that the bean and its superclasses declare, without those overridden, in an order that never changes. If
     * the server makes the bean of an interface, all of its methods are the bean's own.
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

    /** The abstract and default methods that the bean implements or inherits; CDI does not look at their annotations. */
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

    /** The methods of superclasses that the bean overrides, but for the abstract ones; what they carry is not inherited. */
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

    /** Of these the ones that {@code method} implements. */
    List<Method> implementedBy(Method method) {
        Signature signature = signature(method);
        return unseenMethods().stream()
                .filter(unseen -> !unseen.equals(method) && signature(unseen).equals(signature))
                .toList();
    }

    /** The methods of superclasses and interfaces that {@code method} overrides or implements. */
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
     * The methods of the bean by those of all its types that lead to them: what they override or implement, and bridges. A
     * container calls an interceptor with such a one if that is what was called, through a generic interface for example, or if
     * the compiler repeats in a public class the methods of a superclass that is not public.
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

    /** The methods that the compiler may have made {@code bridge} for: those of the same name and types at run time. */
    private Stream<Method> declaredLike(Method bridge) {
        return new ClassDescription(type)
                .ancestors().stream()
                        .flatMap(each -> declared(each).stream())
                        .filter(method -> method.getName().equals(bridge.getName())
                                && Arrays.equals(method.getParameterTypes(), bridge.getParameterTypes()));
    }

    /**
     * Whether a bridge of a subclass leads to {@code method}, with other types: the subclass has it implement an interface
     * that its own class does not know. Not every container intercepts that bridge.
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

    /** Whether it is {@code equals}, {@code hashCode}, {@code toString} or such, overridden or not. */
    static boolean isOfEveryObject(Method method) {
        return Stream.of(Object.class.getDeclaredMethods())
                .anyMatch(each -> each.getName().equals(method.getName())
                        && Arrays.equals(each.getParameterTypes(), method.getParameterTypes()));
    }

    private static boolean isOverridable(Method method) {
        return !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }

    /** What one method must share with another to override it: the name and the erased, resolved parameter types. */
    record Signature(String name, List<Class<?>> parameters) {}
}
