package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.message.MethodMessage;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.declarations.ParameterInfo;
import jakarta.enterprise.lang.model.types.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The producers of an application: CDI intercepts what they make only where an {@link InterceptionFactory} has made it. */
final class Producers {

    private final Map<String, ClassInfo> made = new TreeMap<>(); // by the producer's name
    private final Set<String> beanTypes = new HashSet<>();

    /** Takes note of a bean that is a class: a producer may hand it on, and it is intercepted then. */
    void classBean(BeanInfo bean) {
        classesOf(bean.types()).map(ClassInfo::name).forEach(beanTypes::add);
    }

    /** Takes note of a producer; what it has intercepted is to be read as a bean class. */
    Optional<ClassInfo> producer(BeanInfo bean) {
        if (bean.isProducerField()) {
            Type type = bean.producerField().type();
            note(bean.declaringClass().simpleName() + "." + bean.producerField().name(), type);
            return Optional.empty();
        }
        MethodInfo method = bean.producerMethod();
        Optional<ClassInfo> intercepted = intercepted(method);
        if (intercepted.isEmpty()) {
            note(bean.declaringClass().simpleName() + "." + method.name() + "()", method.returnType());
        }
        return intercepted;
    }

    private void note(String producer, Type type) {
        classesOf(List.of(type)).forEach(each -> made.put(producer, each));
    }

    private static Optional<ClassInfo> intercepted(MethodInfo producer) {
        return producer.parameters().stream()
                .map(ParameterInfo::type)
                .filter(Type::isParameterizedType)
                .map(Type::asParameterizedType)
                .filter(type -> type.declaration().name().equals(InterceptionFactory.class.getName()))
                .flatMap(type -> classesOf(type.typeArguments()))
                .findFirst();
    }

    private static Stream<ClassInfo> classesOf(Collection<Type> types) {
        return types.stream().flatMap(type -> {
            if (type.isClass()) {
                return Stream.of(type.asClass().declaration());
            }
            return type.isParameterizedType()
                    ? Stream.of(type.asParameterizedType().declaration())
                    : Stream.of();
        });
    }

    /** A message for each that makes something whose annotations would do nothing; always in the same order. */
    List<String> problems() {
        return made.entrySet().stream()
                .filter(each -> !beanTypes.contains(each.getValue().name()))
                .filter(each -> Marks.isMarked(each.getValue()))
                .map(each -> MethodMessage.NOT_INTERCEPTED.with(
                        each.getKey(), each.getValue().simpleName()))
                .toList();
    }
}
