package io.cachedconnection.internal.method;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictConnections;
import io.cachedconnection.PutConnection;
import io.cachedconnection.internal.types.ClassDescription;
import jakarta.enterprise.inject.Stereotype;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds interceptors of other libraries and of the application: security, fault tolerance, validation. A lookup with such an
 * interceptor is answered inside it, so that it runs for hits and misses alike. In doubt the search finds one: it also looks
 * where CDI does not. Annotations of optional APIs are known by name.
 */
public final class OtherInterceptors {

    /** Annotations whose interceptors decide neither on access nor on the result, so a hit may skip them. */
    private static final Set<String> HARMLESS = Set.of(
            CachedConnection.class.getName(),
            EvictConnection.class.getName(),
            EvictConnections.class.getName(),
            PutConnection.class.getName(),
            "jakarta.transaction.Transactional",
            "jakarta.annotation.security.PermitAll",
            "jakarta.annotation.security.DeclareRoles",
            "org.eclipse.microprofile.opentracing.Traced");

    private static final List<String> HARMLESS_PACKAGES = List.of(
            "org.eclipse.microprofile.metrics.annotation.",
            "io.opentelemetry.instrumentation.annotations.",
            "io.micrometer.core.annotation.");

    /** Packages of security annotations that servers and extensions apply without an interceptor binding. */
    private static final Pattern SECURITY =
            Pattern.compile("(.*\\.)?(security|auth|authz|authorization|authentication|shiro)(\\..*)?");

    private static final String VALIDATION = "jakarta.validation.";

    /** Marks on annotations that other libraries apply: constraints and security bindings. */
    private static final Set<String> MARKS = Set.of("Constraint", "SecurityBindingType");

    private static final List<Class<? extends Annotation>> OURS =
            List.of(CachedConnection.class, EvictConnection.class, PutConnection.class);

    private OtherInterceptors() {}

    /**
     * Whether some of these annotations, directly or through other annotations, cause interception by others.
     *
     * @param isBinding whether the container treats an annotation as interceptor binding or stereotype, besides those that
     *     declare it
     * @param isBound whether the application has an interceptor for an annotation that is harmless or carries one of this
     *     library
     */
    public static boolean isAny(
            Stream<Class<? extends Annotation>> types,
            Predicate<Class<? extends Annotation>> isBinding,
            Predicate<Class<? extends Annotation>> isBound) {
        Set<Class<? extends Annotation>> seen = new HashSet<>(); // annotations may annotate themselves
        Deque<Class<? extends Annotation>> next = new ArrayDeque<>();
        types.filter(seen::add).forEach(next::add);
        while (!next.isEmpty()) {
            Class<? extends Annotation> type = next.remove();
            boolean isStereotype = type.isAnnotationPresent(Stereotype.class);
            boolean isFollowed =
                    isStereotype || type.isAnnotationPresent(InterceptorBinding.class) || isBinding.test(type);
            boolean isOfOthers = isFollowed && !isStereotype && (!carriesOurs(type) || isBound.test(type));
            if (isHarmless(type) ? isBound.test(type) : isOfOthers || isAppliedByServers(type)) {
                return true;
            }
            if (isFollowed) {
                types(type).filter(seen::add).forEach(next::add);
            }
        }
        return false;
    }

    /** Whether an interceptor seems to belong to the application of {@code bean}, not to the server or a library. */
    public static boolean isOfApplication(Class<?> interceptor, Class<?> bean) {
        return LaterTypes.areOfOneApplication(interceptor, bean);
    }

    private static boolean isHarmless(Class<?> type) {
        return HARMLESS.contains(type.getName()) || HARMLESS_PACKAGES.stream().anyMatch(type.getName()::startsWith);
    }

    private static boolean carriesOurs(Class<?> type) {
        return OURS.stream().anyMatch(each -> !AnnotationSearch.all(each, type).isEmpty());
    }

    private static boolean isAppliedByServers(Class<?> type) {
        return SECURITY.matcher(type.getPackageName()).matches()
                || type.getName().startsWith(VALIDATION)
                || types(type).anyMatch(mark -> MARKS.contains(mark.getSimpleName()));
    }

    /**
     * Returns the methods of a bean that others may intercept, assuming interceptors for all annotations that carry one of this
     * library.
     */
    public static Set<Method> mayIntercept(Class<?> beanClass) {
        BeanClass bean = BeanClass.of(beanClass);
        return bean.methods().stream()
                .filter(method -> isAny(bean, method, OtherInterceptors::carriesOurs))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether others intercept {@code method}, by the annotations on it, on the bean and on all that these override. Only the
     * container knows the interceptors of annotations that carry one of this library.
     */
    static boolean isAny(BeanClass bean, Method method) {
        return isAny(bean, method, type -> false);
    }

    private static boolean isAny(BeanClass bean, Method method, Predicate<Class<? extends Annotation>> isBound) {
        Stream<Class<? extends Annotation>> ofTypes =
                new ClassDescription(bean.type()).ancestors().stream().flatMap(OtherInterceptors::types);
        Stream<Class<? extends Annotation>> ofMethods = Stream.concat(Stream.of(method), bean.sameAs(method).stream())
                .flatMap(each -> Stream.of(
                        types(each),
                        Stream.of(each.getParameters()).flatMap(OtherInterceptors::types),
                        Stream.of(each.getAnnotatedParameterTypes()).flatMap(OtherInterceptors::inside),
                        inside(each.getAnnotatedReturnType())))
                .flatMap(each -> each);
        return isAny(Stream.concat(ofTypes, ofMethods), type -> false, isBound);
    }

    private static Stream<Class<? extends Annotation>> types(AnnotatedElement element) {
        return Stream.of(element.getAnnotations()).map(Annotation::annotationType);
    }

    /** Returns the annotations of a type and of its parts, such as the constraint in {@code List<@NotBlank String>}. */
    private static Stream<Class<? extends Annotation>> inside(AnnotatedType type) {
        Stream<AnnotatedType> parts = Stream.empty();
        if (type instanceof AnnotatedParameterizedType generic) {
            parts = Stream.of(generic.getAnnotatedActualTypeArguments());
        } else if (type instanceof AnnotatedArrayType array) {
            parts = Stream.of(array.getAnnotatedGenericComponentType());
        }
        return Stream.concat(types(type), parts.flatMap(OtherInterceptors::inside));
    }

    /** Returns the {@code @AroundInvoke} method of the bean class or a superclass; null if there is none. */
    static @Nullable Method aroundInvoke(Class<?> beanClass) {
        return new ClassDescription(beanClass)
                .classes().stream()
                        .map(each -> List.of(each.getDeclaredMethods()))
                        .flatMap(Collection::stream)
                        .filter(method -> method.isAnnotationPresent(AroundInvoke.class)
                                && !Modifier.isStatic(method.getModifiers()))
                        .findFirst()
                        .orElse(null);
    }
}
