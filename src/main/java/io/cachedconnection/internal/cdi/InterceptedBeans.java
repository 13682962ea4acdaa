package io.cachedconnection.internal.cdi;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.method.CachedBeans;
import io.cachedconnection.internal.method.CachedMethod;
import io.cachedconnection.internal.method.OtherInterceptors;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Decorator;
import jakarta.enterprise.inject.spi.InterceptionType;
import jakarta.enterprise.inject.spi.Interceptor;
import jakarta.enterprise.inject.spi.Prioritized;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The beans with cached methods, and how the container intercepts and decorates them, including annotations that extensions
 * have added and that no class file shows. One deployment, one thread.
 */
final class InterceptedBeans {

    private record Found(Bean<?> bean, AnnotatedType<?> type) {}

    private final List<Found> beans = new ArrayList<>(); // a class may have several
    private final List<Interceptor<?>> interceptors = new ArrayList<>(); // interceptors that run after this library's
    private final Map<Class<? extends Annotation>, Set<Class<?>>> bound =
            new HashMap<>(); // annotations with interceptors of other libraries
    private final List<Decorator<?>> decorators = new ArrayList<>();

    /**
     * Records an interceptor or decorator. Resolving them by the container is not enough: a {@code beans.xml} enables them for
     * its own archive only, and those without a priority come after all others.
     */
    void add(Bean<?> bean, Annotated annotated) {
        if (bean instanceof Decorator<?> decorator) {
            decorators.add(decorator);
        } else if (bean instanceof Interceptor<?> interceptor
                && !OurBeans.classes().contains(interceptor.getBeanClass())) {
            int priority = priority(interceptor, annotated);
            for (Annotation binding : interceptor.getInterceptorBindings()) {
                Class<? extends Annotation> type = binding.annotationType();
                // The interceptors at this place of the platform belong to the transactions.
                if (!type.getName().equals("jakarta.transaction.Transactional") || priority >= LIBRARY_BEFORE) {
                    bound.computeIfAbsent(type, each -> new HashSet<>()).add(interceptor.getBeanClass());
                }
            }
            if (priority == Integer.MAX_VALUE) {
                interceptors.add(interceptor);
            }
        }
    }

    /** Returns its priority; the largest if it has none, because it then comes after all that have one. */
    private static int priority(Interceptor<?> interceptor, Annotated annotated) {
        if (interceptor instanceof Prioritized prioritized) {
            return prioritized.getPriority();
        }
        Stream<@Nullable Priority> ofStereotypes = annotated.getAnnotations().stream()
                .map(each -> each.annotationType().getAnnotation(Priority.class));
        return Stream.concat(Stream.of(annotated).map(each -> each.getAnnotation(Priority.class)), ofStereotypes)
                .filter(Objects::nonNull)
                .findFirst()
                .map(Priority::value)
                .orElse(Integer.MAX_VALUE);
    }

    /** Records a bean that is a class. */
    void add(Bean<?> bean, AnnotatedType<?> type) {
        beans.add(new Found(bean, type));
    }

    /** Returns the classes of all recorded beans. */
    List<Class<?>> classes() {
        return beans.stream()
                .<Class<?>>map(found -> found.type().getJavaClass())
                .distinct()
                .toList();
    }

    /** Forgets the beans of all other classes. */
    void retain(Collection<Class<?>> classes) {
        Set<Class<?>> retained = Set.copyOf(classes);
        beans.removeIf(found -> !retained.contains(found.type().getJavaClass()));
    }

    /** Forgets everything. */
    void clear() {
        beans.clear();
        interceptors.clear();
        bound.clear();
        decorators.clear();
    }

    /** Returns the methods that other interceptors surround, cached or not. */
    Set<Method> intercepted(BeanManager container) {
        return beans.stream()
                .flatMap(found -> found.type().getMethods().stream()
                        .filter(method -> isIntercepted(found.type(), method, container)))
                .map(AnnotatedMethod::getJavaMember)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isIntercepted(AnnotatedType<?> type, AnnotatedMethod<?> method, BeanManager container) {
        Stream<Class<? extends Annotation>> types = Stream.concat(
                        type.getAnnotations().stream(), method.getAnnotations().stream())
                .map(Annotation::annotationType);
        return OtherInterceptors.isAny(
                types,
                each -> container.isInterceptorBinding(each) || container.isStereotype(each),
                each -> bound.getOrDefault(each, Set.of()).stream()
                        .anyMatch(interceptor -> OtherInterceptors.isOfApplication(interceptor, type.getJavaClass())));
    }

    /**
     * Returns a message for each cached method that has a foreign interceptor or decorator between the innermost interceptor
     * and itself: a hit would skip it. Call it when all beans are known. The order is stable.
     */
    List<String> problems(CachedBeans known, BeanManager container) {
        return beans.stream()
                .flatMap(found -> found.type().getMethods().stream().flatMap(method -> {
                    CachedMethod cached = known.findDeclared(found.type().getJavaClass(), method.getJavaMember());
                    return cached == null
                            ? Stream.<String>empty()
                            : Stream.concat(
                                    cached.isIntercepted()
                                            ? behind(cached, found.type(), method, container)
                                            : Stream.empty(),
                                    decorators(cached, found.bean(), method.getJavaMember(), container));
                }))
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<String> behind(
            CachedMethod cached, AnnotatedType<?> type, AnnotatedMethod<?> method, BeanManager container) {
        Map<Class<?>, Annotation> bindings =
                new HashMap<>(); // nearest first: of one kind, CDI uses the annotation of the method
        List<Annotation> next = new ArrayList<>(method.getAnnotations());
        next.addAll(type.getAnnotations());
        for (int i = 0; i < next.size(); i++) {
            Annotation annotation = Objects.requireNonNull(next.get(i));
            Class<? extends Annotation> kind = annotation.annotationType();
            if (container.isInterceptorBinding(kind)) {
                if (bindings.putIfAbsent(kind, annotation) == null) {
                    next.addAll(container.getInterceptorBindingDefinition(kind));
                }
            } else if (container.isStereotype(kind)) {
                next.addAll(container.getStereotypeDefinition(kind));
            }
        }
        return interceptors.stream()
                .filter(each -> each.intercepts(InterceptionType.AROUND_INVOKE)
                        && each.getInterceptorBindings().stream()
                                .allMatch(wanted -> bindings.values().stream()
                                        .anyMatch(binding -> binding.annotationType() == wanted.annotationType()
                                                && container.areInterceptorBindingsEquivalent(binding, wanted))))
                .map(each -> MethodMessage.INTERCEPTED_BEHIND.with(
                        cached, each.getBeanClass().getSimpleName()));
    }

    private Stream<String> decorators(CachedMethod cached, Bean<?> bean, Method method, BeanManager container) {
        return decorators.stream()
                .filter(each -> each.getDecoratedTypes().stream()
                        .anyMatch(type -> bean.getTypes().stream().anyMatch(other -> raw(other) == raw(type))))
                .filter(each -> each.getDelegateQualifiers().stream()
                        .allMatch(wanted -> bean.getQualifiers().stream()
                                .anyMatch(qualifier -> qualifier.annotationType() == wanted.annotationType()
                                        && container.areQualifiersEquivalent(qualifier, wanted))))
                .<Class<?>>map(Bean::getBeanClass)
                .filter(decorator -> decorates(decorator, method))
                .map(decorator -> MethodMessage.DECORATED.with(cached, decorator.getSimpleName()));
    }

    private static Type raw(Type type) {
        return type instanceof ParameterizedType generic ? generic.getRawType() : type;
    }

    /** Whether the decorator may decorate the method; true in doubt, because generic types of decorators are not resolved. */
    private static boolean decorates(Class<?> decorator, Method method) {
        return Stream.of(decorator.getMethods())
                .filter(each -> each.getDeclaringClass() != Object.class && !Modifier.isAbstract(each.getModifiers()))
                .anyMatch(each -> each.getName().equals(method.getName())
                        && each.getParameterCount() == method.getParameterCount());
    }
}
