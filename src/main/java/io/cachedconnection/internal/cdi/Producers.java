package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.message.MethodMessage;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The producers of an application. CDI intercepts a produced object only if an {@link InterceptionFactory} has created it.
 *
 * @param types the types that producers create without such a factory
 * @param interceptedTypes the types that producers create with such a factory
 */
record Producers(Map<Member, Class<?>> types, List<Class<?>> interceptedTypes) {

    /** Whether a bean class declares a producer. */
    static boolean hasProducer(Class<?> beanClass) {
        return Stream.concat(methods(beanClass), fields(beanClass)).findAny().isPresent();
    }

    /** Finds the producers that these classes declare. */
    static Producers of(Collection<Class<?>> beanClasses) {
        Map<Member, Class<?>> types = new HashMap<>();
        beanClasses.stream().flatMap(Producers::fields).forEach(field -> types.put(field, field.getType()));
        beanClasses.stream()
                .flatMap(Producers::methods)
                .filter(method -> interceptedBy(method).findAny().isEmpty())
                .forEach(method -> types.put(method, method.getReturnType()));
        return new Producers(
                types,
                beanClasses.stream()
                        .flatMap(Producers::methods)
                        .flatMap(Producers::interceptedBy)
                        .toList());
    }

    private static Stream<Method> methods(Class<?> beanClass) {
        return Stream.of(beanClass.getDeclaredMethods()).filter(Producers::isProducer);
    }

    private static Stream<Field> fields(Class<?> beanClass) {
        return Stream.of(beanClass.getDeclaredFields()).filter(Producers::isProducer);
    }

    private static boolean isProducer(AnnotatedElement member) {
        return member.isAnnotationPresent(Produces.class);
    }

    private static String name(Member producer) {
        String call = producer instanceof Method ? "()" : "";
        return producer.getDeclaringClass().getSimpleName() + "." + producer.getName() + call;
    }

    /** Returns the class whose annotations the container applies for a producer; none if it creates its objects itself. */
    private static Stream<Class<?>> interceptedBy(Method producer) {
        return Stream.of(producer.getGenericParameterTypes())
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .filter(type -> type.getRawType() == InterceptionFactory.class)
                .flatMap(type -> raw(type.getActualTypeArguments()[0]));
    }

    private static Stream<Class<?>> raw(Type type) {
        if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        }
        return type instanceof Class<?> plain ? Stream.of(plain) : Stream.of();
    }

    /** Returns a message for each producer that creates one of {@code marked} without such a factory. The order is stable. */
    List<String> problems(Collection<Class<?>> marked) {
        return types.entrySet().stream()
                .filter(each -> marked.contains(each.getValue()))
                .map(each -> MethodMessage.NOT_INTERCEPTED.with(
                        name(each.getKey()), each.getValue().getSimpleName()))
                .sorted()
                .toList();
    }
}
